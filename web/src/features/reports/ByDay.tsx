import { lazy, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { sayShekels } from "@/lib/money";
import { dayName, weekdayOf } from "@/lib/time";
import { sayCount } from "@/lib/trend";
import type { Report } from "./api";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";
import { byColumn, sayShortDay } from "./period";
import { useVisitWords } from "./words";

const LeadsChart = lazy(async () => ({ default: (await import("./Charts")).LeadsChart }));
const VisitsChart = lazy(async () => ({ default: (await import("./Charts")).VisitsChart }));

/** Every number is said while there are few; then only the greatest. */
const ALL_LABELLED = 14;

type Days<T> = T[] & { 0?: T };

function useDays<T extends { day: string }>(days: Days<T>, add: (a: T, b: T) => T) {
  const { language } = useWhen();
  const { rows, weekly } = byColumn(days, add);
  const withYear = days[0]?.day.slice(0, 4) !== days.at(-1)?.day.slice(0, 4);
  const axis = (day: string) => sayShortDay(day, withYear);
  const full = (day: string) => (weekly ? axis(day) : `${dayName(weekdayOf(day), language)} ${axis(day)}`);
  return { rows, weekly, axis, full, rtl: language === "he" };
}

function labels(counts: number[]): string[] {
  const most = Math.max(0, ...counts);
  const first = counts.indexOf(most);
  return counts.map((count, index) =>
    count > 0 && (counts.length <= ALL_LABELLED || index === first) ? String(count) : "",
  );
}

function useSummary(title: string, rows: { day: string }[], counts: number[], full: (day: string) => string) {
  const { t } = useTranslation();
  const most = Math.max(0, ...counts);
  const at = rows[counts.indexOf(most)];
  if (!most || !at) return t("reports.chartOfNothing", { title });
  const total = sayCount(counts.reduce((sum, count) => sum + count, 0));
  return t("reports.chartOf", { title, total, most, day: full(at.day) });
}

export function LeadsByDay({ days }: { days: Report["leads_by_day"] }) {
  const { t } = useTranslation();
  const { rows, weekly, axis, full, rtl } = useDays(days, (a, b) => ({ ...a, count: a.count + b.count }));
  const title = weekly ? t("reports.leadsByWeek") : t("reports.leadsByDay");
  const counts = rows.map((row) => row.count);
  const label = labels(counts);
  const summary = useSummary(title, rows, counts, full);
  return (
    <ChartCard
      title={title}
      file="leads_by_day"
      empty={!counts.some(Boolean)}
      rows={
        <DataTable
          caption={title}
          heads={[weekly ? t("reports.column.week") : t("reports.column.day"), t("reports.column.leads")]}
          rows={rows.map((row) => ({ key: row.day, cells: [full(row.day), row.count] }))}
        />
      }
    >
      <Suspense fallback={<Waiting />}>
        <LeadsChart
          rows={rows.map((row, index) => ({ ...row, label: label[index] ?? "" }))}
          rtl={rtl}
          summary={summary}
          sayDay={axis}
          tip={(row) => <Tip head={full(row.day)} lines={[[t("reports.column.leads"), row.count]]} />}
        />
      </Suspense>
    </ChartCard>
  );
}

type Visits = Report["bookings"][number];

const addVisits = (a: Visits, b: Visits): Visits => ({
  day: a.day,
  booked: a.booked + b.booked,
  done: a.done + b.done,
  cancelled: a.cancelled + b.cancelled,
  moved: a.moved + b.moved,
  revenue_agorot: a.revenue_agorot + b.revenue_agorot,
});

/** Of those promised, what is neither done nor cancelled: still to be, or nobody was there. */
const waitingOf = (row: Visits) => Math.max(0, row.booked - row.done - row.cancelled);

export function VisitsByDay({ days }: { days: Visits[] }) {
  const { t } = useTranslation();
  const words = useVisitWords();
  const { rows, weekly, axis, full, rtl } = useDays(days, addVisits);
  const title = weekly ? words.byWeek : words.byDay;
  const counts = rows.map((row) => row.booked);
  const label = labels(counts);
  const summary = useSummary(title, rows, counts, full);
  const sum = days.reduce(addVisits, {
    day: "",
    booked: 0,
    done: 0,
    cancelled: 0,
    moved: 0,
    revenue_agorot: 0,
  });
  const names = {
    done: t("reports.column.done"),
    waiting: t("reports.column.waiting"),
    cancelled: t("reports.column.cancelled"),
    all: t("reports.column.all"),
  };
  return (
    <ChartCard
      title={title}
      file="bookings"
      empty={!counts.some(Boolean)}
      rows={
        <DataTable
          caption={title}
          heads={[
            weekly ? t("reports.column.week") : t("reports.column.day"),
            names.done,
            names.waiting,
            names.cancelled,
            names.all,
            t("reports.revenue"),
          ]}
          rows={rows.map((row) => ({
            key: row.day,
            cells: [
              full(row.day),
              row.done,
              waitingOf(row),
              row.cancelled,
              row.booked,
              sayShekels(row.revenue_agorot),
            ],
          }))}
        />
      }
    >
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-soft tabular-nums">
        <Part swatch="bg-accent" words={names.done} count={sum.done} />
        <Part swatch="border border-accent bg-accent-soft" words={names.waiting} count={waitingOf(sum)} />
        <Part swatch="hatched border border-line-strong" words={names.cancelled} count={sum.cancelled} />
        {sum.moved ? <li>{t("reports.ofThemMoved", { count: sum.moved })}</li> : null}
      </ul>
      <Suspense fallback={<Waiting />}>
        <VisitsChart
          rows={rows.map((row, index) => ({
            day: row.day,
            booked: row.booked,
            done: row.done,
            waiting: waitingOf(row),
            cancelled: row.cancelled,
            label: label[index] ?? "",
          }))}
          rtl={rtl}
          summary={summary}
          sayDay={axis}
          tip={(row) => (
            <Tip
              head={full(row.day)}
              lines={[
                [names.done, row.done],
                [names.waiting, row.waiting],
                [names.cancelled, row.cancelled],
              ]}
            />
          )}
        />
      </Suspense>
    </ChartCard>
  );
}

function Part({ swatch, words, count }: { swatch: string; words: string; count: number }) {
  return (
    <li className="flex items-center gap-1.5">
      <span aria-hidden className={`size-3 rounded-[2px] ${swatch}`} style={hatchOf(swatch)} />
      {words} <span className="font-bold text-ink">{sayCount(count)}</span>
    </li>
  );
}

/** The same lines as in the drawing. */
const hatchOf = (swatch: string) =>
  swatch.startsWith("hatched")
    ? {
        backgroundImage:
          "repeating-linear-gradient(135deg, var(--line-strong) 0 1.5px, transparent 1.5px 3.5px)",
      }
    : undefined;

function Tip({ head, lines }: { head: string; lines: [string, number][] }): ReactNode {
  return (
    <>
      <p className="font-bold">{head}</p>
      {lines.map(([words, count]) => (
        <p key={words} className="flex justify-between gap-4">
          <span className="text-ink-soft">{words}</span>
          <span className="tabular-nums">{count}</span>
        </p>
      ))}
    </>
  );
}

const Waiting = () => <div className="skeleton h-[220px]" />;
