import { describe, expect, it } from "vitest";
import { lanesOf, offHours, snapped, weekOf } from "./layout";

const span = (start: number, end: number) => ({ start, end });

describe("lanes", () => {
  it("leaves the whole width to visits that do not meet", () => {
    expect(lanesOf([span(60, 120), span(120, 180)]).map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("puts overlapping visits side by side and uses a lane again", () => {
    const found = lanesOf([span(0, 100), span(10, 50), span(60, 90), span(200, 210)]);
    expect(found.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 2],
      [1, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  it("never puts two that meet into one lane", () => {
    const items = Array.from({ length: 60 }, (_, i) =>
      span((i * 37) % 600, ((i * 37) % 600) + 30 + ((i * 13) % 90)),
    );
    const found = lanesOf(items);
    expect(found).toHaveLength(60);
    for (const a of found)
      for (const b of found)
        if (a !== b && a.lane === b.lane)
          expect(a.item.start < b.item.end && b.item.start < a.item.end).toBe(false);
  });
});

describe("hours", () => {
  it("finds what is closed around several spans", () => {
    expect(
      offHours(
        [
          [600, 720],
          [480, 540],
        ],
        360,
        1320,
      ),
    ).toEqual([span(360, 480), span(540, 600), span(720, 1320)]);
    expect(offHours([], 360, 1320)).toEqual([span(360, 1320)]);
    expect(offHours([[0, 1440]], 360, 1320)).toEqual([]);
  });

  it("snaps to steps", () => {
    expect([snapped(7, 15), snapped(8, 15), snapped(52, 15)]).toEqual([0, 15, 45]);
  });

  it("begins weeks on Sunday", () => {
    expect([weekOf("2026-11-21"), weekOf("2026-11-22"), weekOf("2027-01-01")]).toEqual([
      "2026-11-15",
      "2026-11-22",
      "2026-12-27",
    ]);
  });
});
