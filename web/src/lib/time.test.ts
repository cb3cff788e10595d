import { expect, test } from "vitest";
import { sayForWhen } from "./time";

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
