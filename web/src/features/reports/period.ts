import { addDays, daysBetween, isDate, weekdayOf } from "@/lib/time";

export const PRESETS = [7, 30, 90] as const;
export type Preset = (typeof PRESETS)[number];

/** Whole days, the first and the last included. */
export interface Period {
  first: string;
  last: string;
}

/** What the address asks for: days that end today, or days of one's own. */
export interface Asked extends Period {
  preset: Preset | null;
}

export const MOST_DAYS = 400;
const USUAL: Preset = 30;

export const lastDays = (days: number, today: string): Period => ({
  first: addDays(today, 1 - days),
  last: today,
});

/** Days of one's own need a first and a last; else the days that end today. */
export function readPeriod(query: URLSearchParams, today: string): Asked {
  const first = query.get("from");
  const last = query.get("to");
  if (isDate(first) && isDate(last)) return { preset: null, first, last };
  const preset = PRESETS.find((days) => String(days) === query.get("days")) ?? USUAL;
  return { preset, ...lastDays(preset, today) };
}

/** The period as it stands in the address. */
export const addressOf = (period: Preset | Period) =>
  typeof period === "number"
    ? { days: period, from: null, to: null }
    : { days: null, from: period.first, to: period.last };

/** Why the server would refuse the days; null when it would not. */
export function wrongWith({ first, last }: Period): "backwards" | "too_long" | null {
  const days = daysBetween(first, last);
  if (days < 0) return "backwards";
  return days >= MOST_DAYS ? "too_long" : null;
}

/** More columns than this cannot be told apart; they are put together by week. */
const MOST_COLUMNS = 92;

/** Rows of days as they are, or added up by weeks that begin on Sunday; a week is named by its first day shown. */
export function byColumn<T extends { day: string }>(
  days: T[],
  add: (a: T, b: T) => T,
): { rows: T[]; weekly: boolean } {
  if (days.length <= MOST_COLUMNS) return { rows: days, weekly: false };
  const rows: T[] = [];
  for (const day of days) {
    const week = rows.at(-1);
    if (!week || weekdayOf(day.day) === 0) rows.push(day);
    else rows[rows.length - 1] = { ...add(week, day), day: week.day };
  }
  return { rows, weekly: true };
}

/** 24.11; with the year where the days are not all of one. */
export function sayShortDay(day: string, withYear = false): string {
  const [year, month, date] = day.split("-").map(Number);
  return withYear ? `${date}.${month}.${String(year).slice(2)}` : `${date}.${month}`;
}
