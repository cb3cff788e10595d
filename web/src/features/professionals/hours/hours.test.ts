import { expect, test } from "vitest";
import { added, faultsOf, hoursOf, minutesOf, sayHours, sent } from "./hours";

test("a span is missing, backwards or overlapping, or can be", () => {
  expect(
    faultsOf([
      [480, 720],
      [720, 1080],
    ]),
  ).toEqual([null, null]);
  expect(faultsOf([[480, null]])).toEqual(["missing"]);
  expect(faultsOf([[720, 480]])).toEqual(["backwards"]);
  expect(
    faultsOf([
      [480, 800],
      [720, 1080],
    ]),
  ).toEqual(["overlaps", "overlaps"]);
});

test("midnight ends a day and begins one", () => {
  expect(minutesOf("00:00", "start")).toBe(0);
  expect(minutesOf("00:00", "end")).toBe(1440);
  expect(minutesOf("", "end")).toBeNull();
  expect(sayHours([[1200, 1440]])).toBe("20:00–00:00");
});

test("an hour is read as people type it", () => {
  expect(["8", "08", "830", "0830", "8:30", "23:59"].map((typed) => minutesOf(typed, "start"))).toEqual([
    480, 480, 510, 510, 510, 1439,
  ]);
  expect(minutesOf("24:00", "end")).toBe(1440);
  for (const words of ["", "abc", "8:70", "25", "24", "1:2"]) expect(minutesOf(words, "start")).toBeNull();
});

test("what is sent is in order, without days that have no hours", () => {
  const hours = hoursOf({
    "0": [
      [780, 1080],
      [480, 720],
    ],
    "6": [],
  });
  expect(sent(hours, { keepEmpty: false })).toEqual({
    "0": [
      [480, 720],
      [780, 1080],
    ],
  });
  expect(sent({ "2026-12-25": [] }, { keepEmpty: true })).toEqual({ "2026-12-25": [] });
});

test("a span more comes after the last one and within the day", () => {
  expect(added([])).toEqual([[480, 1020]]);
  expect(added([[480, 720]])).toEqual([
    [480, 720],
    [780, 1020],
  ]);
  expect(added([[480, 1440]])).toEqual([
    [480, 1440],
    [null, null],
  ]);
});
