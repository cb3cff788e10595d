import { describe, expect, it } from "vitest";
import type { Schemas } from "@/api/client";
import type { Lead } from "../api";
import { keeperOf, mergedInto, standing } from "./twice";

const entry = (kind: Schemas["EntryKind"], details: Record<string, unknown>) => ({
  id: 1,
  kind,
  actor: { kind: "staff" as const, name: "" },
  at: "",
  details,
});
type Standing = Pick<Lead, "closed_at" | "status">;
const CLOSED = "2026-11-20T10:00:00Z";

describe("a request that came twice", () => {
  it("is known by the timeline to be merged, until it is parted", () => {
    const merged = entry("merged", { lead_id: 1, other_id: 2 });
    const parted = entry("unmerged", { lead_id: 1, other_id: 2 });
    expect([...mergedInto({ id: 1, timeline: [merged] })]).toEqual([2]);
    expect([...mergedInto({ id: 1, timeline: [merged, parted] })]).toEqual([]);
    expect([...mergedInto({ id: 1, timeline: [merged, parted, merged] })]).toEqual([2]);
  });

  it("does not take lines that came with another lead for its own", () => {
    expect([...mergedInto({ id: 1, timeline: [entry("merged", { lead_id: 7, other_id: 2 })] })]).toEqual([]);
  });

  it("stays where it is open, or where a visit is", () => {
    const open: Standing = { closed_at: null, status: "new" };
    const closed: Standing = { closed_at: CLOSED, status: "done" };
    const booked: Standing = { closed_at: null, status: "booked" };
    expect(keeperOf(open, { ...open })).toBe(open);
    expect(keeperOf(closed, open)).toBe(open);
    expect(keeperOf(open, closed)).toBe(open);
    expect(keeperOf(open, booked)).toBe(booked);
    expect(keeperOf(booked, { ...booked })).toBe(booked);
  });

  it("keeps what was known and fills what was not", () => {
    const known = {
      customer_name: "דנה",
      trade: null,
      locality: null,
      address: null,
      description: "",
      urgency: "normal",
    };
    const other = {
      ...known,
      customer_name: "דנה לוי",
      trade: "plumber",
      description: "נזילה",
      urgency: "high",
    };
    expect(standing(known, other, "customer_name")).toBe("kept");
    expect(standing(known, other, "trade")).toBe("other");
    expect(standing(known, other, "description")).toBe("other");
    expect(standing(known, other, "locality")).toBe("kept");
    expect(standing(known, other, "urgency")).toBe("other");
    expect(standing({ ...known, urgency: "low" }, other, "urgency")).toBe("kept");
  });
});
