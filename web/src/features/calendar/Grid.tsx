import { CalendarSync } from "lucide-react";
import { useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayMinute, wallOf } from "@/lib/time";
import { IconButton } from "@/ui/Button";
import type { Booking, Calendar } from "./api";
import { closedSpans, type GridColumn, HOUR_PX, type Placed, placeAll, STEP, shownPart } from "./columns";
import { HourSpan } from "./HourSpan";
import { lanesOf } from "./layout";
import type { Slot } from "./NewVisitPanel";
import { useDrag } from "./useDrag";
import { VisitBlock } from "./VisitBlock";

interface Props {
  columns: GridColumn[];
  calendar: Calendar;
  loading: boolean;
  mayWrite: boolean;
  onOpen: (booking: Booking) => void;
  onSlot: (slot: Slot) => void;
  onReplan: (professional: Professional, day: string) => void;
}

const EARLIEST = 7 * 60;
const LATEST = 21 * 60;

/** Columns of time. Everything is placed in minutes of the wall clock. */
export function Grid({ columns, calendar, loading, mayWrite, onOpen, onSlot, onReplan }: Props) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const board = useRef<HTMLDivElement>(null);
  const placed = useMemo(
    () => placeAll(calendar.bookings, columns, zone),
    [calendar.bookings, columns, zone],
  );
  const all = [...placed.values()].flat().map(shownPart);
  const from = Math.floor(Math.min(EARLIEST, ...all.map((one) => one.start)) / 60) * 60;
  const to = Math.ceil(Math.max(LATEST, ...all.map((one) => one.end)) / 60) * 60;
  const drag = useDrag({ board, columns, from, to });
  const hours = Array.from({ length: (to - from) / 60 }, (_, hour) => from + hour * 60);

  return (
    <div
      className="thin-scroll h-full overflow-auto rounded-t-card border border-b-0 border-line bg-surface"
      aria-busy={loading}
    >
      <div
        className="grid min-w-fit"
        style={{
          gridTemplateColumns: `52px repeat(${columns.length}, minmax(${columns.length > 1 ? 128 : 240}px, 1fr))`,
        }}
      >
        <div className="sticky start-0 top-0 z-30 border-b border-line bg-sunken" />
        {columns.map((column) => (
          <div
            key={column.key}
            className={cn(
              "sticky top-0 z-20 flex min-h-10 items-center justify-center gap-1 border-s border-b border-line bg-sunken px-2 py-1 text-sm font-medium tabular-nums",
              column.today && "text-accent-text",
            )}
          >
            <span className="truncate">{column.title}</span>
            <ReplanButton
              column={column}
              on={mayWrite && columns.length > 1 && column.date >= today}
              onReplan={onReplan}
            />
          </div>
        ))}
        <div className="sticky start-0 z-10 bg-surface" style={{ height: ((to - from) / 60) * HOUR_PX }}>
          {hours.map((minute) => (
            <p
              key={minute}
              className="pe-2 text-end text-xs text-ink-soft tabular-nums"
              style={{ height: HOUR_PX }}
            >
              {sayMinute(minute)}
            </p>
          ))}
        </div>
        <div
          ref={board}
          className="relative grid"
          style={{
            gridColumn: `span ${columns.length}`,
            gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))`,
          }}
        >
          {columns.map((column) => (
            <Column
              key={column.key}
              column={column}
              calendar={calendar}
              placed={placed.get(column.key) ?? []}
              from={from}
              to={to}
              drag={drag}
              mayWrite={mayWrite}
              onOpen={onOpen}
              onSlot={onSlot}
            />
          ))}
          {loading ? <p className="sr-only">{t("common.loading")}</p> : null}
        </div>
      </div>
    </div>
  );
}

/** Where the column is one professional's, and its day not over. */
function ReplanButton({
  column: { professional, date, title },
  on,
  onReplan,
}: Pick<Props, "onReplan"> & { column: GridColumn; on: boolean }) {
  const { t } = useTranslation();
  if (!professional || !on) return null;
  const words = t("calendar.replan.of", { column: title });
  return (
    <IconButton
      className="shrink-0"
      aria-label={words}
      title={words}
      onClick={() => onReplan(professional, date)}
    >
      <CalendarSync className="size-4" />
    </IconButton>
  );
}

interface ColumnProps extends Pick<Props, "calendar" | "mayWrite" | "onOpen" | "onSlot"> {
  column: GridColumn;
  placed: Placed[];
  from: number;
  to: number;
  drag: ReturnType<typeof useDrag>;
}

function Column({ column, calendar, placed, from, to, drag, mayWrite, onOpen, onSlot }: ColumnProps) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const closed = useMemo(
    () => closedSpans(column, calendar, { zone, language, from, to }),
    [column, calendar, zone, language, from, to],
  );
  const lanes = lanesOf(placed.map((one) => ({ placed: one, ...shownPart(one) })));
  const top = (minute: number) => ((minute - from) / 60) * HOUR_PX;
  const at = useNow();
  const now = wallOf(at, zone);
  const ghost = drag.ghost?.column === column.key ? drag.ghost : null;
  const shown = ghost && shownPart(ghost);
  const minuteAt = (event: React.MouseEvent<HTMLElement>) => {
    const inside = event.clientY - event.currentTarget.getBoundingClientRect().top;
    return from + Math.floor(inside / (HOUR_PX / (60 / STEP))) * STEP;
  };
  return (
    <div data-column={column.key} className="relative border-s border-line" style={{ height: top(to) }}>
      {Array.from({ length: (to - from) / 60 }, (_, hour) => (
        <div key={hour} className="pointer-events-none border-b border-line/70" style={{ height: HOUR_PX }} />
      ))}
      {mayWrite ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t("calendar.newIn", { column: column.title })}
          className="absolute inset-0 cursor-cell"
          onClick={(event) =>
            onSlot({
              date: column.date,
              start: minuteAt(event),
              professionalId: column.professional?.id ?? null,
            })
          }
        />
      ) : null}
      {closed.map((span) => (
        <div
          key={`${span.start}-${span.words}`}
          title={span.words || t("calendar.off")}
          className={cn(
            "pointer-events-none absolute inset-x-0 bg-grey-soft/70",
            span.words && "bg-amber-soft/60",
          )}
          style={{ top: top(span.start), height: top(span.end) - top(span.start) }}
        >
          {span.words ? <p className="px-2 pt-1 text-xs font-medium text-amber">{span.words}</p> : null}
        </div>
      ))}
      {lanes.map(({ item, lane, lanes: count }) => (
        <VisitBlock
          key={item.placed.booking.id}
          placed={item.placed}
          lane={lane}
          lanes={count}
          top={top}
          showProfessional={column.professional === null}
          dragged={drag.ghost?.booking.id === item.placed.booking.id}
          drag={drag}
          mayWrite={mayWrite}
          onOpen={() => onOpen(item.placed.booking)}
        />
      ))}
      {ghost && shown ? (
        <div
          className="pointer-events-none absolute inset-x-1 z-20 rounded-control border-2 border-accent bg-accent-soft/80 px-2 text-sm font-medium text-accent-text tabular-nums"
          style={{ top: top(shown.start), height: Math.max(20, top(shown.end) - top(shown.start)) }}
        >
          <HourSpan start={ghost.start} end={ghost.end} />
        </div>
      ) : null}
      {column.today && now.hour * 60 + now.minute >= from && now.hour * 60 + now.minute <= to ? (
        <div
          className="pointer-events-none absolute inset-x-0 z-10 border-t-2 border-red"
          style={{ top: top(now.hour * 60 + now.minute) }}
        />
      ) : null}
    </div>
  );
}
