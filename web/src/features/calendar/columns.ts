import type { Professional } from "@/domain/professionals";
import { daysBetween, instantOf, type Language, wallOf, weekdayOf } from "@/lib/time";
import type { Booking, Calendar } from "./api";
import { offHours } from "./layout";

export interface GridColumn {
  key: string;
  date: string;
  /** Whose hours are shaded and who gets what is dropped here; none where the column is everybody's. */
  professional: Professional | null;
  title: string;
  today: boolean;
}

export const HOUR_PX = 52;
export const STEP = 15;
export const DAY = 1440;

/** A visit in the minutes of its column's day: one over midnight begins before it or ends after it. */
export interface Placed {
  booking: Booking;
  start: number;
  end: number;
}

/** The part of a visit that lies within the column's day. */
export const shownPart = ({ start, end }: Pick<Placed, "start" | "end">) => ({
  start: Math.max(0, start),
  end: Math.min(DAY, end),
});

/** Each column's visits: of its professional, when it is somebody's, and of its day, also those that only reach into it. */
export function placeAll(bookings: Booking[], columns: GridColumn[], zone: string): Map<string, Placed[]> {
  const walls = bookings.map((booking) => ({
    booking,
    from: wallOf(booking.starts_at, zone),
    to: wallOf(booking.ends_at, zone),
  }));
  return new Map(
    columns.map(({ key, date, professional }) => [
      key,
      walls.flatMap(({ booking, from, to }) => {
        if (professional && professional.id !== booking.professional_id) return [];
        const start = daysBetween(date, from.date) * DAY + from.hour * 60 + from.minute;
        const end = daysBetween(date, to.date) * DAY + to.hour * 60 + to.minute;
        return start < DAY && end > 0 ? [{ booking, start, end }] : [];
      }),
    ]),
  );
}

interface Closed {
  start: number;
  end: number;
  /** Which rest it is; empty for hours off. */
  words: string;
}

/** When nobody works in the column: rest by its name, and the professional's hours off. */
export function closedSpans(
  column: GridColumn,
  calendar: Calendar,
  { zone, language, from, to }: { zone: string; language: Language; from: number; to: number },
): Closed[] {
  const begins = instantOf(column.date, 0, zone).getTime();
  const rests = calendar.rests.flatMap((rest) => {
    const start = Math.max(from, (Date.parse(rest.starts_at) - begins) / 60_000);
    const end = Math.min(to, (Date.parse(rest.ends_at) - begins) / 60_000);
    return end > start ? [{ start, end, words: [...new Set(rest.names[language] ?? [])].join(", ") }] : [];
  });
  if (!column.professional) return rests;
  const { hours, exceptions } = column.professional;
  const usual = (hours[String(weekdayOf(column.date))] ?? []) as number[][];
  const spans = (exceptions[column.date] as number[][] | undefined) ?? usual;
  return [...offHours(spans, from, to).map((span) => ({ ...span, words: "" })), ...rests];
}
