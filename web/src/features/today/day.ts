import type { Visit } from "./api";

type Hours = Pick<Visit, "starts_at" | "ends_at">;

type Moment = "past" | "now" | "ahead";

export function momentOf(visit: Hours, now: Date): Moment {
  if (Date.parse(visit.ends_at) <= now.getTime()) return "past";
  return Date.parse(visit.starts_at) <= now.getTime() ? "now" : "ahead";
}

/** How many of the day's visits, in its order, have begun: the line of the present stands after them. */
export const begun = (visits: Hours[], now: Date) =>
  visits.filter((visit) => Date.parse(visit.starts_at) <= now.getTime()).length;

/** How many of the first visits are over, and may be folded away. Those that go on are not. */
export function foldable(visits: Hours[], now: Date, kept: number): number {
  const going = visits.findIndex((visit) => momentOf(visit, now) !== "past");
  return Math.max(0, (going === -1 ? visits.length : going) - kept);
}

/** 4:05; nothing is left of what has run out. */
export function sayCountdown(until: string, now: Date): string | null {
  const seconds = Math.ceil((Date.parse(until) - now.getTime()) / 1000);
  if (seconds <= 0) return null;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
