import { addDays, instantOf } from "@/lib/time";
import type { VisitValues } from "./VisitFields";

function minuteOf(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** The typed hours of a day as instants; an end no later than the start is on the day after. */
export function windowOf({ date, start, end }: Pick<VisitValues, "date" | "start" | "end">, zone: string) {
  const over = minuteOf(end) <= minuteOf(start);
  return {
    startsAt: instantOf(date, minuteOf(start), zone).toISOString(),
    endsAt: instantOf(over ? addDays(date, 1) : date, minuteOf(end), zone).toISOString(),
  };
}
