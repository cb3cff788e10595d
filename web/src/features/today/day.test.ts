import { describe, expect, it } from "vitest";
import { begun, foldable, momentOf, sayCountdown } from "./day";

const at = (hour: string) => `2026-11-22T${hour}:00Z`;
const visit = (from: string, to: string) => ({ starts_at: at(from), ends_at: at(to) });
const DAY = [
  visit("07:00", "08:00"),
  visit("08:00", "09:00"),
  visit("09:30", "10:30"),
  visit("12:00", "13:00"),
];

describe("the day's visits and the present", () => {
  it("a visit goes on from its start until its end", () => {
    const [first] = DAY;
    expect(first && momentOf(first, new Date(at("06:59")))).toBe("ahead");
    expect(first && momentOf(first, new Date(at("07:00")))).toBe("now");
    expect(first && momentOf(first, new Date(at("08:00")))).toBe("past");
  });

  it("the present stands after those that have begun", () => {
    expect(begun(DAY, new Date(at("06:00")))).toBe(0);
    expect(begun(DAY, new Date(at("10:00")))).toBe(3);
    expect(begun(DAY, new Date(at("23:00")))).toBe(4);
  });

  it("what is over is folded away but for the last", () => {
    expect(foldable(DAY, new Date(at("10:00")), 1)).toBe(1);
    expect(foldable(DAY, new Date(at("23:00")), 1)).toBe(3);
    expect(foldable(DAY, new Date(at("06:00")), 1)).toBe(0);
  });
});

it("an offer counts down to nothing", () => {
  expect(sayCountdown(at("07:00"), new Date("2026-11-22T06:55:55Z"))).toBe("4:05");
  expect(sayCountdown(at("07:00"), new Date("2026-11-22T06:59:59.400Z"))).toBe("0:01");
  expect(sayCountdown(at("07:00"), new Date(at("07:00")))).toBeNull();
});
