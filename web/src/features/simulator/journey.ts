import type { Dispatch, Lead } from "./api";

export const STEPS = ["understood", "matched", "held", "offered", "approved", "confirmed"] as const;
export type Step = (typeof STEPS)[number];

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
  if (offers.some((offer) => offer.status === "open" || offer.status === "accepted") || promised)
    done.add("offered");
  if (offers.some((offer) => offer.status === "accepted") || promised) done.add("approved");
  if (promised && (lead.status === "booked" || lead.status === "done")) done.add("confirmed");
  return done;
}
