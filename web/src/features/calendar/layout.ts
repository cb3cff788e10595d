/** Where visits stand in a column: those that overlap stand side by side. */

interface Span {
  start: number;
  end: number;
}

interface Lane<T> {
  item: T;
  lane: number;
  lanes: number;
}

/** Items with their lane and how many lanes their group of overlaps needs; in order of their start. */
export function lanesOf<T extends Span>(items: readonly T[]): Lane<T>[] {
  const sorted = [...items].sort((a, b) => a.start - b.start || b.end - a.end);
  const placed: Lane<T>[] = [];
  let group: Lane<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const one of group) one.lanes = ends.length;
    placed.push(...group);
    group = [];
    ends = [];
  };
  for (const item of sorted) {
    if (ends.length && Math.max(...ends) <= item.start) close();
    const free = ends.findIndex((end) => end <= item.start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = item.end;
    group.push({ item, lane, lanes: 1 });
  }
  close();
  return placed;
}

/** What is left of a day, in minutes, outside of its working spans. */
export function offHours(spans: readonly (readonly number[])[], from: number, to: number): Span[] {
  const left: Span[] = [];
  let at = from;
  for (const [start = 0, end = 0] of [...spans].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
    if (start > at) left.push({ start: at, end: Math.min(start, to) });
    at = Math.max(at, end);
  }
  if (at < to) left.push({ start: at, end: to });
  return left.filter((span) => span.end > span.start);
}

export const snapped = (minute: number, step: number) => Math.round(minute / step) * step;

/** The Sunday on or before a date. */
export function weekOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - day.getUTCDay());
  return day.toISOString().slice(0, 10);
}
