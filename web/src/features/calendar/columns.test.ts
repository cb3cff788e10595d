import { describe, expect, it } from "vitest";
import type { Professional } from "@/domain/professionals";
import type { Booking } from "./api";
import { type GridColumn, placeAll, shownPart } from "./columns";
import { windowOf } from "./window";

const ZONE = "Asia/Jerusalem";
const who = (id: number) => ({ id }) as Professional;
const visit = (id: number, professional_id: number, starts_at: string, ends_at: string) =>
  ({ id, professional_id, starts_at, ends_at }) as Booking;
const column = (date: string, professional: Professional | null = null): GridColumn => ({
  key: professional ? String(professional.id) : date,
  date,
  professional,
  title: "",
  today: false,
});
const placed = (bookings: Booking[], columns: GridColumn[]) =>
  Object.fromEntries(
    [...placeAll(bookings, columns, ZONE)].map(([key, found]) => [
      key,
      found.map(({ booking, start, end }) => [booking.id, start, end]),
    ]),
  );

describe("visits in their columns", () => {
  const morning = visit(1, 7, "2026-11-29T08:00:00Z", "2026-11-29T09:30:00Z");
  const night = visit(2, 8, "2026-11-29T21:30:00Z", "2026-11-29T22:45:00Z");

  it("stand with the only professional there is", () => {
    expect(placed([morning], [column("2026-11-29", who(7))])).toEqual({ 7: [[1, 600, 690]] });
  });

  it("stand with whose they are, on the day alone", () => {
    const day = [column("2026-11-29", who(7)), column("2026-11-29", who(8))];
    expect(placed([morning, night], day)).toEqual({ 7: [[1, 600, 690]], 8: [[2, 1410, 1485]] });
    expect(placed([morning], [column("2026-11-30", who(7))])).toEqual({ 7: [] });
  });

  it("stand on both days when they go over midnight, and stay as long as they are", () => {
    const found = placed([night], [column("2026-11-29"), column("2026-11-30")]);
    expect(found).toEqual({ "2026-11-29": [[2, 1410, 1485]], "2026-11-30": [[2, -30, 45]] });
    expect(shownPart({ start: 1410, end: 1485 })).toEqual({ start: 1410, end: 1440 });
    expect(shownPart({ start: -30, end: 45 })).toEqual({ start: 0, end: 45 });
  });

  it("are not on the day on which they end at midnight", () => {
    const late = visit(3, 7, "2026-11-29T21:00:00Z", "2026-11-29T22:00:00Z");
    expect(placed([late], [column("2026-11-30")])).toEqual({ "2026-11-30": [] });
  });
});

it("takes an end before the start as the day after", () => {
  expect(windowOf({ date: "2026-11-29", start: "23:30", end: "00:45" }, ZONE)).toEqual({
    startsAt: "2026-11-29T21:30:00.000Z",
    endsAt: "2026-11-29T22:45:00.000Z",
  });
  expect(windowOf({ date: "2026-11-29", start: "10:00", end: "11:00" }, ZONE).endsAt).toBe(
    "2026-11-29T09:00:00.000Z",
  );
});
