/** Which way a figure went since the period before, and by how much. */
export interface Trend {
  way: "up" | "down" | "same";
  by: number;
  /** Null where it is neither: nothing changed. */
  good: boolean | null;
}

type Better = "more" | "less";

/** Nothing can be said where one of the two was not measured. `step` is the least change worth telling. */
export function trendOf(
  now: number | null,
  before: number | null,
  { better = "more", step = 1 }: { better?: Better; step?: number } = {},
): Trend | null {
  if (now === null || before === null) return null;
  const change = Math.round((now - before) / step) * step;
  if (change === 0) return { way: "same", by: 0, good: null };
  const way = change > 0 ? "up" : "down";
  return { way, by: Math.abs(change), good: (way === "up") === (better === "more") };
}

/** The least change of a wait worth telling: seconds while it is short, minutes after. */
export const stepOfWait = (seconds: number | null) => (seconds !== null && seconds < 60 ? 5 : 60);

/** 1,234. */
export const sayCount = (count: number) => count.toLocaleString("en-US");

/** The part of the whole in whole percents; of nothing there is none. */
export const percentOf = (part: number, whole: number) => (whole > 0 ? Math.round((100 * part) / whole) : 0);
