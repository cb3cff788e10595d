import type { Schemas } from "@/api/client";
import { addDays, weekdayOf } from "@/lib/time";

/** Visits of a week that begins on a Sunday. */
export interface Week {
  first: string;
  booked: number;
  done: number;
}

/** The days summed up by weeks, also those without a visit in between. */
export function weeksOf(days: Schemas["DayOfVisits"][]): Week[] {
  const weeks = new Map<string, Week>();
  const dates = days.map(({ day }) => day).sort();
  const last = dates.at(-1);
  let first = dates[0] && addDays(dates[0], -weekdayOf(dates[0]));
  for (; first && last && first <= last; first = addDays(first, 7)) {
    weeks.set(first, { first, booked: 0, done: 0 });
  }
  for (const { day, booked, done } of days) {
    const week = weeks.get(addDays(day, -weekdayOf(day)));
    if (!week) continue;
    week.booked += booked;
    week.done += done;
  }
  return [...weeks.values()];
}
