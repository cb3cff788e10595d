import { describe, expect, it } from "vitest";
import type { PersonReason } from "@/domain/attention";
import { countNeeds, needsOf, placeOf } from "./needs";

const AT = "2026-11-21T08:00:00Z";
const called = (
  id: number,
  conversation_id: number | null,
  reason: PersonReason = "complaint",
  in_writing = true,
) => ({
  id,
  name: "דנה",
  reason,
  in_writing,
  since: AT,
  conversation_id,
});
const handed = (conversation_id: number, reason: PersonReason | null = null) => ({
  conversation_id,
  name: "דנה",
  reason,
  since: AT,
  unanswered: 1,
});
const stuck = (id: number, conversation_id: number | null) => ({
  id,
  name: "דנה",
  status: "contacted" as const,
  changed_at: AT,
  conversation_id,
});

describe("what needs somebody", () => {
  it("names everybody once, where it presses most", () => {
    const needs = needsOf({
      expiring: [],
      failed: [],
      handed: [handed(10), handed(11)],
      attention: [called(1, 10), called(2, 12), called(3, null)],
      stuck: [stuck(1, 10), stuck(3, null), stuck(4, 11), stuck(5, 14)],
    });
    expect(needs.handed.map((one) => one.reason)).toEqual(["complaint", null]);
    expect(needs.attention.map((one) => one.id)).toEqual([2, 3]);
    expect(needs.stuck.map((one) => one.id)).toEqual([5]);
    expect(countNeeds(needs)).toBe(5);
  });

  it("puts a danger before everything, once", () => {
    const needs = needsOf({
      expiring: [],
      failed: [],
      handed: [handed(10, "human_asked"), handed(11, "danger")],
      attention: [called(1, 11, "danger"), called(2, null, "danger"), called(3, 12, "complaint")],
      stuck: [],
    });
    expect(Object.keys(needs)[0]).toBe("danger");
    expect(needs.danger.map((one) => one.to)).toEqual(["inbox/11?state=unanswered", "leads/2?attention=1"]);
    expect(needs.handed.map((one) => one.conversation_id)).toEqual([10]);
    expect(needs.attention.map((one) => one.id)).toEqual([3]);
    expect(countNeeds(needs)).toBe(4);
  });

  it("leads to where it is settled", () => {
    expect(placeOf(called(1, 10))).toBe("inbox/10");
    expect(placeOf(called(1, null))).toBe("leads/1?attention=1");
    expect(placeOf(called(1, 10, "nobody_left", false))).toBe("leads/1?attention=1");
  });
});
