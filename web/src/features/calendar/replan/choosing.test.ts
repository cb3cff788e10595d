import { describe, expect, it } from "vitest";
import type { Affected, Choice } from "./api";
import { chosenOf, isGiven, keyOf } from "./choosing";

const choice = (professional_id: number, hour: number): Choice => ({
  professional_id,
  professional: `p${professional_id}`,
  starts_at: new Date(Date.UTC(2070, 10, 24, hour)).toISOString(),
  ends_at: new Date(Date.UTC(2070, 10, 24, hour + 1)).toISOString(),
  free_at: new Date(Date.UTC(2070, 10, 24, hour + 1)).toISOString(),
  distance_km: null,
  rating: null,
});
const visit = (booking_id: number, ...choices: Choice[]): Affected => ({
  booking_id,
  lead_id: booking_id,
  customer: null,
  address: "",
  urgency: "normal",
  starts_at: choice(0, 8).starts_at,
  ends_at: choice(0, 8).ends_at,
  choices,
  asked: null,
});

describe("what is chosen", () => {
  const first = visit(1, choice(1, 8), choice(2, 9));
  const second = visit(2, choice(2, 8), choice(2, 9));

  it("is what is proposed until something else is picked, and again when that is gone", () => {
    expect(chosenOf(first, {})).toEqual(choice(1, 8));
    expect(chosenOf(first, { 1: keyOf(choice(2, 9)) })).toEqual(choice(2, 9));
    expect(chosenOf(first, { 1: keyOf(choice(3, 9)) })).toEqual(choice(1, 8));
    expect(chosenOf(visit(3), {})).toBeUndefined();
  });

  it("is given to no two visits", () => {
    expect(isGiven(choice(2, 9), first, [first, second], {})).toBe(false);
    expect(isGiven(choice(2, 9), first, [first, second], { 2: keyOf(choice(2, 9)) })).toBe(true);
    expect(isGiven(choice(2, 9), second, [first, second], { 2: keyOf(choice(2, 9)) })).toBe(false);
  });

  it("is not within the pause after another", () => {
    const at = (minutes: number) => new Date(Date.UTC(2070, 10, 24, 10, minutes)).toISOString();
    const other = visit(2, { ...choice(2, 9), free_at: at(15) });
    const [soon, later] = [at(5), at(15)].map((starts_at) => ({ ...choice(2, 10), starts_at }));
    expect(isGiven(soon as Choice, first, [first, other], {})).toBe(true);
    expect(isGiven(later as Choice, first, [first, other], {})).toBe(false);
  });

  it("is not what another customer was asked of, nor is that visit's proposal in the way", () => {
    const state = {
      state: "waiting",
      at: first.starts_at,
      professional: "p2",
      starts_at: choice(2, 9).starts_at,
    } as const;
    const asked = { ...second, asked: state };
    expect(isGiven(choice(2, 9), first, [first, asked], {})).toBe(true);
    expect(isGiven(choice(2, 8), first, [first, asked], {})).toBe(false);
  });
});
