import { describe, expect, it } from "vitest";
import { inParts, reasonsOf, undoOf } from "./bulk";

const fine = (id: number, version: number) => ({ id, ok: true, version, code: null, params: {} });
const refused = (id: number, code: string, params = {}) => ({ id, ok: false, version: null, code, params });

describe("many leads at once", () => {
  it("goes in parts", () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([], 2)).toEqual([]);
  });

  it("is undone by where each stood, with the versions of now", () => {
    const before = [
      { id: 1, status: "new" as const, stage_id: null },
      { id: 2, status: "contacted" as const, stage_id: 7 },
      { id: 3, status: "new" as const, stage_id: null },
    ];
    expect(undoOf(before, { status: "done", stage_id: null }, [fine(1, 4), fine(2, 5), fine(3, 9)])).toEqual([
      {
        to: { status: "new", stage_id: null },
        ids: [
          { id: 1, version: 4 },
          { id: 3, version: 9 },
        ],
      },
      { to: { status: "contacted", stage_id: 7 }, ids: [{ id: 2, version: 5 }] },
    ]);
  });

  it("does not undo what was not done, nor what gave up an offer or a visit", () => {
    const before = [
      { id: 1, status: "new" as const, stage_id: null },
      { id: 2, status: "booked" as const, stage_id: null },
      { id: 3, status: "cancelled" as const, stage_id: null },
    ];
    const target = { status: "cancelled" as const, stage_id: null };
    expect(undoOf(before, target, [refused(1, "lead_changed"), fine(2, 3), fine(3, 1)])).toEqual([]);
  });

  it("undoes a move between columns of one status, whatever was promised", () => {
    const before = [{ id: 2, status: "booked" as const, stage_id: null }];
    expect(undoOf(before, { status: "booked", stage_id: 4 }, [fine(2, 3)])).toHaveLength(1);
  });

  it("sums up why not", () => {
    const reasons = reasonsOf([
      fine(1, 2),
      refused(2, "lead_changed", { version: 4 }),
      refused(3, "stage_needs_action"),
      refused(4, "lead_changed", { version: 9 }),
    ]);
    expect(reasons.map(({ refusal, ids }) => [refusal.code, ids])).toEqual([
      ["lead_changed", [2, 4]],
      ["stage_needs_action", [3]],
    ]);
  });
});
