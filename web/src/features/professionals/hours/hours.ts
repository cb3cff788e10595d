import { sayMinute } from "@/lib/time";

/** From one minute of the day to another; null is a field that is still empty. */
export type Span = [number | null, number | null];
export type Hours = Record<string, Span[]>;

export const WEEKDAYS = ["0", "1", "2", "3", "4", "5", "6"] as const;
const MIDNIGHT = 1440;
type SpanFault = "missing" | "backwards" | "overlaps";

/** What the server keeps, where only pairs of numbers are spans. */
export function hoursOf(kept: Record<string, unknown>): Hours {
  const pairs = (spans: unknown): Span[] =>
    Array.isArray(spans)
      ? spans.flatMap((span) => (Array.isArray(span) ? [[Number(span[0]), Number(span[1])] as Span] : []))
      : [];
  return Object.fromEntries(Object.entries(kept).map(([day, spans]) => [day, pairs(spans)]));
}

/** The same hours as they are sent: whole spans in order, and of weekdays only those that have some. */
export function sent(hours: Hours, { keepEmpty }: { keepEmpty: boolean }): Record<string, number[][]> {
  const whole = (spans: Span[]) =>
    spans
      .flatMap(([start, end]) => (start === null || end === null ? [] : [[start, end]]))
      .sort(([one = 0], [other = 0]) => one - other);
  const days = Object.entries(hours).map(([day, spans]) => [day, whole(spans)] as const);
  return Object.fromEntries(days.filter(([, spans]) => keepEmpty || spans.length));
}

/** What is wrong with each span of a day; null for one that can be. */
export function faultsOf(spans: Span[]): (SpanFault | null)[] {
  return spans.map(([start, end], index) => {
    if (start === null || end === null) return "missing";
    if (start >= end) return "backwards";
    const meets = spans.some(
      ([from, to], other) => other !== index && from !== null && to !== null && from < end && start < to,
    );
    return meets ? "overlaps" : null;
  });
}

export const isFaulty = (hours: Hours) =>
  Object.values(hours).some((spans) => faultsOf(spans).some((fault) => fault !== null));

const USUAL: Span = [8 * 60, 17 * 60];
const GAP = 60;

/** One span more: after the last one of the day, or a usual working day. */
export function added(spans: Span[]): Span[] {
  const end = spans.at(-1)?.[1];
  if (end === undefined) return [USUAL];
  if (end === null) return [...spans, [null, null]];
  const start = Math.min(end + GAP, MIDNIGHT - GAP);
  return start <= end ? [...spans, [null, null]] : [...spans, [start, Math.min(start + 4 * GAP, MIDNIGHT)]];
}

/** "08:00–13:00, 14:00–18:00". */
export const sayHours = (spans: Span[]) =>
  spans.map(([start, end]) => `${sayClock(start)}–${sayClock(end)}`).join(", ");

/** What a field shows for a minute of the day; the midnight that ends it is 00:00. */
export const sayClock = (minute: number | null) => (minute === null ? "" : sayMinute(minute % MIDNIGHT));

/**
 * The minute that is meant by "8", "830", "0830" or "8:30"; null for what is no hour. As the end of a span, 00:00 is the
 * midnight that ends the day.
 */
export function minutesOf(typed: string, side: "start" | "end"): number | null {
  const words = typed.trim();
  const match = /^(\d{1,2}):(\d{2})$/.exec(words) ?? /^(\d{1,2}?)(\d{2})?$/.exec(words);
  if (!match) return null;
  const [hour, rest] = [Number(match[1]), Number(match[2] ?? 0)];
  const minute = hour * 60 + rest;
  if (rest > 59 || minute > MIDNIGHT || (minute === MIDNIGHT && side === "start")) return null;
  return side === "end" && minute === 0 ? MIDNIGHT : minute;
}
