export type Language = "he" | "en";

const DAY_MS = 86_400_000;
const NEAR = {
  he: { "-1": "אתמול", "0": "היום", "1": "מחר" },
  en: { "-1": "yesterday", "0": "today", "1": "tomorrow" },
};
const HE_DAYS = ["א׳", "ב׳", "ג׳", "ד׳", "ה׳", "ו׳", "שבת"];
const EN_DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, made);
  return made;
}

/** What clocks on the wall show. `weekday` is 0 for Sunday; `date` is ISO 8601. */
interface Wall {
  date: string;
  day: number;
  month: number;
  year: number;
  weekday: number;
  hour: number;
  minute: number;
}

export function wallOf(moment: Date | string, zone: string): Wall {
  const at = typeof moment === "string" ? new Date(moment) : moment;
  const parts: Record<string, string> = {};
  for (const { type, value } of format(zone).formatToParts(at)) parts[type] = value;
  const date = `${parts.year}-${parts.month}-${parts.day}`;
  return {
    date,
    day: Number(parts.day),
    month: Number(parts.month),
    year: Number(parts.year),
    weekday: weekdayOf(date),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
  };
}

/** 0 for Sunday. */
export const weekdayOf = (date: string) => new Date(`${date}T00:00:00Z`).getUTCDay();

export const addDays = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** A day that there is, as an address says it. */
export const isDate = (value: string | null): value is string =>
  value !== null &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) &&
  addDays(value, 0) === value;

export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The instant at which the wall shows `minute` minutes after midnight of `date`; of a skipped one, as much after the gap. */
export function instantOf(date: string, minute: number, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  let guess = wanted;
  let before = wanted;
  for (let round = 0; round < 3; round++) {
    const wall = wallOf(new Date(guess), zone);
    const shown = Date.parse(`${wall.date}T00:00:00Z`) + (wall.hour * 60 + wall.minute) * 60_000;
    if (shown === wanted) return new Date(guess);
    before = guess;
    guess += wanted - shown;
  }
  return new Date(Math.max(before, guess));
}

const two = (number: number) => String(number).padStart(2, "0");

export function sayHour(moment: Date | string, zone: string): string {
  const wall = wallOf(moment, zone);
  return `${two(wall.hour)}:${two(wall.minute)}`;
}

export const sayMinute = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

export const dayName = (weekday: number, language: Language) =>
  (language === "he" ? HE_DAYS : EN_DAYS)[weekday] ?? "";

/** "היום", "מחר", "ג׳ 24.11"; with the year when it is another one. */
export function sayDay(date: string, { today, language }: { today: string; language: Language }): string {
  const near = NEAR[language][String(daysBetween(today, date)) as "0"];
  if (near) return near;
  const [year, month, day] = date.split("-").map(Number);
  const late = year === Number(today.slice(0, 4)) ? "" : `.${year}`;
  return `${dayName(weekdayOf(date), language)} ${day}.${month}${late}`;
}

/** A day of a calendar in whole: "ד׳ 2.12.2026". */
export function sayDate(date: string, language: Language): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${dayName(weekdayOf(date), language)} ${day}.${month}.${year}`;
}

interface Saying {
  zone: string;
  language: Language;
  now: Date;
}

/** "היום 14:30", "מחר 09:00", "ג׳ 24.11 16:00". */
export function sayWhen(moment: Date | string, { zone, language, now }: Saying): string {
  const date = wallOf(moment, zone).date;
  const today = wallOf(now, zone).date;
  return `${sayDay(date, { today, language })} ${sayHour(moment, zone)}`;
}

/** "להיום, 12:00", "ליום א׳ 22.11, 12:00", "for today, 12:00": for when something is meant. */
export function sayForWhen(moment: Date | string, { zone, language, now }: Saying): string {
  const date = wallOf(moment, zone).date;
  const today = wallOf(now, zone).date;
  const day = sayDay(date, { today, language });
  const near = Math.abs(daysBetween(today, date)) <= 1;
  const whole = language === "en" ? `for ${day}` : near || day.startsWith("שבת") ? `ל${day}` : `ליום ${day}`;
  return `${whole}, ${sayHour(moment, zone)}`;
}

/** "12 דק׳", "3 שעות", "יומיים": how long ago, in words. */
export function sayAgo(moment: Date | string, { language, now }: Pick<Saying, "language" | "now">): string {
  const at = typeof moment === "string" ? new Date(moment) : moment;
  return sayDuration(Math.max(0, (now.getTime() - at.getTime()) / 1000), language);
}

export function sayDuration(seconds: number, language: Language): string {
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(minutes / 60);
  const days = Math.round(hours / 24);
  if (language === "he") {
    if (seconds < 45) return seconds < 1 ? "מיידי" : `${Math.round(seconds)} שנ׳`;
    if (minutes < 60) return minutes <= 1 ? "דקה" : `${minutes} דק׳`;
    if (hours < 24) return hours === 1 ? "שעה" : hours === 2 ? "שעתיים" : `${hours} שעות`;
    return days === 1 ? "יום" : days === 2 ? "יומיים" : `${days} ימים`;
  }
  if (seconds < 45) return seconds < 1 ? "at once" : `${Math.round(seconds)} s`;
  if (minutes < 60) return `${Math.max(1, minutes)} min`;
  if (hours < 24) return `${hours} h`;
  return days === 1 ? "1 day" : `${days} days`;
}

/** "48 שנ׳", "1:32 דק׳", "1:02:07 שע׳": how long something took, to the second. */
export function saySpan(seconds: number, language: Language): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (whole < 60) return `${rest} ${language === "he" ? "שנ׳" : "s"}`;
  if (!hours) return `${minutes}:${two(rest)} ${language === "he" ? "דק׳" : "min"}`;
  return `${hours}:${two(minutes)}:${two(rest)} ${language === "he" ? "שע׳" : "h"}`;
}

/** The exact time with its zone, for whoever hovers. */
export const sayExactly = (moment: string, zone: string, language: Language) =>
  new Intl.DateTimeFormat(language === "he" ? "he-IL" : "en-GB", {
    timeZone: zone,
    dateStyle: "full",
    timeStyle: "long",
  }).format(new Date(moment));
