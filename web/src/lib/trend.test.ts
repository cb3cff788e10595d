import { describe, expect, it } from "vitest";
import { percentOf, trendOf } from "./trend";

describe("a figure beside the one before", () => {
  it("went up, down, or stayed", () => {
    expect(trendOf(12, 8)).toEqual({ way: "up", by: 4, good: true });
    expect(trendOf(8, 12)).toEqual({ way: "down", by: 4, good: false });
    expect(trendOf(8, 8)).toEqual({ way: "same", by: 0, good: null });
  });

  it("is better for being less where one waits", () => {
    expect(trendOf(30, 45, { better: "less" })).toEqual({ way: "down", by: 15, good: true });
  });

  it("does not tell of a change too small to tell", () => {
    expect(trendOf(4.43, 4.41, { step: 0.1 })?.way).toBe("same");
    expect(trendOf(4.6, 4.4, { step: 0.1 })?.by).toBeCloseTo(0.2);
  });

  it("is silent where one was not measured", () => {
    expect(trendOf(null, 3)).toBeNull();
    expect(trendOf(3, null)).toBeNull();
  });
});

it("a part of nothing is nothing", () => {
  expect([percentOf(1, 3), percentOf(0, 0)]).toEqual([33, 0]);
});
