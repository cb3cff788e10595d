import { describe, expect, it } from "vitest";
import { howMany, stretched, toggled } from "./choosing";

const ids = [5, 9, 2, 7];

describe("choosing rows", () => {
  it("takes one in and out", () => {
    expect([...toggled(new Set([5]), 9)]).toEqual([5, 9]);
    expect([...toggled(new Set([5, 9]), 5)]).toEqual([9]);
  });

  it("takes a stretch in either direction and keeps the others", () => {
    expect([...stretched(new Set([7]), ids, 2, 5)].sort()).toEqual([2, 5, 7, 9]);
    expect([...stretched(new Set(), ids, 9, 7)]).toEqual([9, 2, 7]);
  });

  it("takes the one row when the other is not in the list any more", () => {
    expect([...stretched(new Set(), ids, 100, 2)]).toEqual([2]);
  });

  it("knows whether none, some or all of the rows are chosen", () => {
    expect(howMany(new Set(), ids)).toBe("none");
    expect(howMany(new Set([100]), ids)).toBe("none");
    expect(howMany(new Set([5, 100]), ids)).toBe("some");
    expect(howMany(new Set(ids), ids)).toBe("all");
  });
});
