import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { cn } from "@/lib/cn";
import { Words } from "@/ui/Said";
import { DAY, type Placed, shownPart } from "./columns";
import { HourSpan } from "./HourSpan";
import type { useDrag } from "./useDrag";

const LOOKS: Record<string, string> = {
  held: "border-amber/60 border-dashed bg-amber-soft text-amber",
  pending: "border-amber/60 bg-amber-soft text-amber",
  confirmed: "border-teal/50 bg-teal-soft text-teal",
  done: "border-green/40 bg-green-soft text-green",
  no_show: "border-red/40 bg-red-soft text-red",
};
const MOVABLE = new Set(["confirmed", "pending"]);

interface Props {
  placed: Placed;
  lane: number;
  lanes: number;
  top: (minute: number) => number;
  showProfessional: boolean;
  dragged: boolean;
  drag: ReturnType<typeof useDrag>;
  mayWrite: boolean;
  onOpen: () => void;
}

/** A visit in the calendar. Its lower edge makes it longer; the rest of it moves it. Enter, or a finger, opens it. */
export function VisitBlock({
  placed,
  lane,
  lanes,
  top,
  showProfessional,
  dragged,
  drag,
  mayWrite,
  onOpen,
}: Props) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const { booking } = placed;
  const { start, end } = shownPart(placed);
  const movable = mayWrite && MOVABLE.has(booking.status);
  const height = Math.max(24, top(end) - top(start) - 2);
  const status = t(`words.booking.${booking.status}`);
  const name = booking.customer ?? t("leads.nameless");
  return (
    <div
      className={cn("absolute z-10 px-0.5", dragged && "opacity-40")}
      style={{
        top: top(start),
        height,
        insetInlineStart: `${(lane / lanes) * 100}%`,
        width: `${100 / lanes}%`,
      }}
    >
      <button
        type="button"
        data-booking={booking.id}
        onPointerDown={movable ? (event) => drag.begin(event, placed, "move") : undefined}
        onClick={(event) => {
          // A drag that has just ended is no click.
          if (event.detail === 0 || !movable || !drag.justDragged()) onOpen();
        }}
        className={cn(
          "block h-full w-full overflow-hidden rounded-control border px-1.5 py-0.5 text-start text-sm leading-tight",
          movable && "cursor-grab",
          LOOKS[booking.status],
        )}
      >
        <span className="block truncate">
          <HourSpan start={placed.start} end={placed.end} short={placed.end <= DAY} />{" "}
          <Words className="font-medium">{name}</Words>
          <span className="sr-only">{`, ${booking.professional}, ${status}`}</span>
        </span>
        {height > 40 ? (
          <span className="block truncate text-xs">
            {[showProfessional ? booking.professional : null, tradeName(booking.trade), booking.locality]
              .filter(Boolean)
              .join(" · ")}
          </span>
        ) : null}
      </button>
      {movable && placed.end <= DAY ? (
        <div
          aria-hidden
          data-resize={booking.id}
          onPointerDown={(event) => drag.begin(event, placed, "resize")}
          className="absolute inset-x-0 bottom-0 h-2 cursor-ns-resize pointer-coarse:hidden"
        />
      ) : null}
    </div>
  );
}
