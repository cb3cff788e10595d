import { expect, test } from "vitest";
import { addDays, daysBetween, instantOf, isDate, sayForWhen, saySpan, wallOf } from "./time";

const now = new Date("2026-11-29T08:00:00Z");
const zone = "Asia/Jerusalem";

test.each([
  ["2026-11-29T10:00:00Z", "להיום, 12:00", "for today, 12:00"],
  ["2026-11-30T10:00:00Z", "למחר, 12:00", "for tomorrow, 12:00"],
  ["2026-12-02T10:00:00Z", "ליום ד׳ 2.12, 12:00", "for Wed 2.12, 12:00"],
  ["2026-12-05T10:00:00Z", "לשבת 5.12, 12:00", "for Sat 5.12, 12:00"],
])("%s is meant %s", (at, he, en) => {
  expect(sayForWhen(at, { zone, language: "he", now })).toBe(he);
  expect(sayForWhen(at, { zone, language: "en", now })).toBe(en);
});

test.each([
  [0.4, "0 שנ׳", "0 s"],
  [48.4, "48 שנ׳", "48 s"],
  [59.6, "1:00 דק׳", "1:00 min"],
  [92, "1:32 דק׳", "1:32 min"],
  [3727, "1:02:07 שע׳", "1:02:07 h"],
])("%s seconds are said to the second", (seconds, he, en) => {
  expect([saySpan(seconds, "he"), saySpan(seconds, "en")]).toEqual([he, en]);
});

test("an hour of the wall is found on days on which the clock is changed as well", () => {
  const at = (date: string, minute: number) => instantOf(date, minute, zone).toISOString();
  expect(at("2026-03-27", 60)).toBe("2026-03-26T23:00:00.000Z");
  expect(at("2026-03-27", 3 * 60)).toBe("2026-03-27T00:00:00.000Z");
  expect(at("2026-10-25", 3 * 60)).toBe("2026-10-25T01:00:00.000Z");
  expect(at("2026-10-25", 1440)).toBe("2026-10-25T22:00:00.000Z");
  expect(wallOf(instantOf("2026-03-27", 2 * 60 + 30, zone), zone)).toMatchObject({
    date: "2026-03-27",
    hour: 3,
  });
});

test("days are counted by the calendar, whatever the clock does", () => {
  expect([addDays("2026-03-26", 2), addDays("2028-02-28", 1), addDays("2026-01-01", -1)]).toEqual([
    "2026-03-28",
    "2028-02-29",
    "2025-12-31",
  ]);
  expect([daysBetween("2026-10-24", "2026-10-26"), daysBetween("2026-03-28", "2026-03-26")]).toEqual([2, -2]);
  expect([isDate("2026-02-29"), isDate("2028-02-29"), isDate("29.11.2026"), isDate(null)]).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
