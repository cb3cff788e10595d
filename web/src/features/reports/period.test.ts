import { describe, expect, it } from "vitest";
import { addressOf, byColumn, lastDays, readPeriod, sayShortDay, wrongWith } from "./period";

const TODAY = "2026-11-21";
const read = (query: string) => readPeriod(new URLSearchParams(query), TODAY);

describe("the period of the address", () => {
  it("is thirty days up to today when nothing is asked", () => {
    expect(read("")).toEqual({ preset: 30, first: "2026-10-23", last: TODAY });
  });

  it("is the days asked for", () => {
    expect(read("days=7")).toEqual({ preset: 7, first: "2026-11-15", last: TODAY });
    expect(read("from=2026-01-01&to=2026-01-31")).toEqual({
      preset: null,
      first: "2026-01-01",
      last: "2026-01-31",
    });
  });

  it("does not trip over what is no period", () => {
    expect(read("days=8").preset).toBe(30);
    expect(read("from=2026-13-45&to=2026-01-31").preset).toBe(30);
    expect(read("from=2026-02-30&to=2026-03-31").preset).toBe(30);
    expect(read("from=2026-01-01").preset).toBe(30);
  });

  it("is written so that it reads the same", () => {
    const own = { first: "2026-01-01", last: "2026-01-31" };
    expect(addressOf(own)).toEqual({ days: null, from: own.first, to: own.last });
    expect(read(`from=${own.first}&to=${own.last}`)).toEqual({ preset: null, ...own });
    expect(addressOf(90)).toEqual({ days: 90, from: null, to: null });
    expect(read("days=90").preset).toBe(90);
  });

  it("counts the last day in, over the change of the clock too", () => {
    expect(lastDays(1, TODAY)).toEqual({ first: TODAY, last: TODAY });
    expect(lastDays(30, "2026-11-10").first).toBe("2026-10-12");
  });

  it("is refused backwards and too long", () => {
    expect(wrongWith({ first: TODAY, last: TODAY })).toBeNull();
    expect(wrongWith({ first: TODAY, last: "2026-11-20" })).toBe("backwards");
    expect(wrongWith({ first: "2026-01-01", last: "2027-02-04" })).toBeNull();
    expect(wrongWith({ first: "2026-01-01", last: "2027-02-05" })).toBe("too_long");
  });
});

describe("days put together by week", () => {
  const days = (first: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({
      day: new Date(Date.parse(`${first}T00:00:00Z`) + index * 86_400_000).toISOString().slice(0, 10),
      count: 1,
    }));
  const add = (a: { day: string; count: number }, b: { day: string; count: number }) => ({
    day: a.day,
    count: a.count + b.count,
  });

  it("few days stay days", () => {
    const few = days("2026-11-01", 30);
    expect(byColumn(few, add)).toEqual({ rows: few, weekly: false });
  });

  it("many become weeks from Sunday, and none is lost", () => {
    // The first of August 2026 is a Saturday.
    const { rows, weekly } = byColumn(days("2026-08-01", 100), add);
    expect(weekly).toBe(true);
    expect(rows.slice(0, 3)).toEqual([
      { day: "2026-08-01", count: 1 },
      { day: "2026-08-02", count: 7 },
      { day: "2026-08-09", count: 7 },
    ]);
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(100);
  });
});

it("days on the axis are short", () => {
  expect(sayShortDay("2026-11-04")).toBe("4.11");
  expect(sayShortDay("2026-11-04", true)).toBe("4.11.26");
});
