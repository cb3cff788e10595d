import { describe, expect, it } from "vitest";
import { stepsOf } from "./journey";

const lead = { trade: "plumber", locality: "רמת גן", status: "contacted" } as const;
const entry = { professional_id: 1, name: "יוסי", score: 0.8, parts: {}, slot: null, excluded: null };
const ranking = { at: "2026-11-21T10:00:00Z", entries: [entry] };
const visit = {
  id: 1,
  professional_id: 1,
  professional: "יוסי",
  starts_at: "",
  ends_at: "",
  actor: { kind: "customer" as const, name: "" },
  reason: null,
  reason_words: "",
  expected_at: null,
  work_done: "",
  price_agorot: null,
};
const offer = {
  id: 1,
  professional_id: 1,
  professional: "יוסי",
  starts_at: "",
  sends_at: "",
  expires_at: "",
  answered_at: null,
};

describe("the steps of a journey", () => {
  it("begins with nothing", () => {
    expect([...stepsOf(undefined, undefined)]).toEqual([]);
    expect([...stepsOf({ ...lead, locality: null }, undefined)]).toEqual([]);
  });

  it("lights up to the offer while nobody has answered", () => {
    const held = {
      ranking,
      offers: [{ ...offer, status: "open" as const }],
      visits: [{ ...visit, status: "held" as const }],
    };
    expect([...stepsOf({ ...lead, status: "offered" }, held)]).toEqual([
      "understood",
      "matched",
      "held",
      "offered",
    ]);
  });

  it("goes back when the offer was declined and nobody is left", () => {
    const left = {
      ranking: { ...ranking, entries: [{ ...entry, excluded: "declined" as const }] },
      offers: [{ ...offer, status: "declined" as const }],
      visits: [{ ...visit, status: "cancelled" as const }],
    };
    expect([...stepsOf(lead, left)]).toEqual(["understood"]);
  });

  it("goes back when an approved visit is moved and the new hour is declined", () => {
    const accepted = { ...offer, status: "accepted" as const };
    const declined = { ...offer, id: 2, status: "declined" as const };
    const moved = {
      ranking: { ...ranking, entries: [{ ...entry, excluded: "declined" as const }] },
      offers: [declined, accepted],
      visits: [{ ...visit, status: "cancelled" as const }],
    };
    expect([...stepsOf(lead, moved)]).toEqual(["understood"]);
    const asked = { ...moved, ranking, offers: [{ ...offer, id: 2, status: "open" as const }, accepted] };
    const held = { ...asked, visits: [{ ...visit, status: "held" as const }, ...moved.visits] };
    expect(stepsOf({ ...lead, status: "offered" }, held).has("approved")).toBe(false);
  });

  it("is whole once approved, and where nobody has to approve", () => {
    const visits = [{ ...visit, status: "confirmed" as const }];
    for (const offers of [[{ ...offer, status: "accepted" as const }], []]) {
      expect(stepsOf({ ...lead, status: "booked" }, { ranking, offers, visits }).size).toBe(6);
    }
  });
});
