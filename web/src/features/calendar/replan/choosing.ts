import type { Affected, Asked, Choice } from "./api";

export const keyOf = (choice: Choice) => `${choice.professional_id}@${choice.starts_at}`;

/** What was picked for each visit, by its booking. */
export type Picked = Readonly<Record<number, string>>;

/** What is picked for a visit while it can be had; else what is proposed. */
export const chosenOf = (visit: Affected, picked: Picked): Choice | undefined =>
  visit.choices.find((one) => keyOf(one) === picked[visit.booking_id]) ?? visit.choices[0];

const together = (one: Choice, other: Choice) =>
  one.professional_id === other.professional_id &&
  Date.parse(one.starts_at) < Date.parse(other.free_at) &&
  Date.parse(other.starts_at) < Date.parse(one.free_at);

/** The customer has been asked, and the hour may yet become the visit's. */
const OPEN = new Set<Asked["state"]>(["waiting", "agreed"]);

/** Whether another visit has been given this hour of the professional: its customer was asked of it, or will be. */
export const isGiven = (choice: Choice, visit: Affected, visits: readonly Affected[], picked: Picked) =>
  visits.some((other) => {
    if (other.booking_id === visit.booking_id) return false;
    const { asked } = other;
    if (asked && OPEN.has(asked.state)) {
      return (
        asked.professional === choice.professional &&
        Date.parse(asked.starts_at) === Date.parse(choice.starts_at)
      );
    }
    const chosen = chosenOf(other, picked);
    return chosen !== undefined && together(choice, chosen);
  });
