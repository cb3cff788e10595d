import type { Dispatch, Lead } from "./api";

export const STEPS = ["understood", "matched", "held", "offered", "approved", "confirmed"] as const;
type Step = (typeof STEPS)[number];

const LIVE = new Set(["held", "pending", "confirmed", "done"]);
const PROMISED = new Set(["confirmed", "done"]);

/** Which steps of the journey a lead has come through. Where nobody has to approve, booking is all three at once. */
export function stepsOf(
  lead: Pick<Lead, "trade" | "locality" | "status"> | undefined,
  dispatch: Pick<Dispatch, "ranking" | "offers" | "visits"> | undefined,
): Set<Step> {
  const done = new Set<Step>();
  if (!lead) return done;
  if (lead.trade && lead.locality) done.add("understood");
  if (!dispatch) return done;
  const { ranking, offers, visits } = dispatch;
  const promised = visits.some((visit) => PROMISED.has(visit.status));
  if (ranking?.entries.some((one) => one.excluded === null)) done.add("matched");
  if (visits.some((visit) => LIVE.has(visit.status))) done.add("held");
  const asked = offers.some((offer) => offer.status === "open");
  if (asked || promised) done.add("offered");
  // An approval lasts as long as the visit that was approved, and is asked for again when the visit is to be moved.
  if (promised && !asked) done.add("approved");
  if (promised && !asked && (lead.status === "booked" || lead.status === "done")) done.add("confirmed");
  return done;
}
