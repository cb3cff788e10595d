import type { PersonReason } from "@/domain/attention";
import type { Today } from "./api";

type Line<K extends keyof Today> = Today[K] extends (infer One)[] ? One : never;

type Handed = Line<"handed">;

/** A danger that somebody told of, and where it is seen to. */
interface Danger {
  id: string;
  name: string;
  since: string;
  /** Below the business's address. */
  to: string;
}

/** What needs somebody now, the most pressing first; nobody is listed twice. */
export interface Needs {
  danger: Danger[];
  expiring: Line<"expiring">[];
  handed: Handed[];
  attention: Line<"attention">[];
  failed: Line<"failed">[];
  stuck: Line<"stuck">[];
}

type Lists = Pick<Today, Exclude<keyof Needs, "danger">>;

/** Whoever waits for our words stands there, and not once more as a lead that needs somebody or stands still. */
export function needsOf(today: Lists): Needs {
  const waiting = new Set(today.handed.map((one) => one.conversation_id));
  const called = new Set(today.attention.map((one) => one.id));
  const waits = (one: { conversation_id: number | null }) =>
    one.conversation_id !== null && waiting.has(one.conversation_id);
  const handed = today.handed.map((one) => ({
    ...one,
    reason:
      one.reason ??
      today.attention.find((lead) => lead.conversation_id === one.conversation_id)?.reason ??
      null,
  }));
  const attention = today.attention.filter((one) => !waits(one));
  return {
    danger: [
      ...handed.filter(isDanger).map((one) => ({
        id: `conversation-${one.conversation_id}`,
        name: one.name,
        since: one.since,
        to: placeOfWords(one),
      })),
      ...attention
        .filter(isDanger)
        .map((one) => ({ id: `lead-${one.id}`, name: one.name, since: one.since, to: placeOf(one) })),
    ],
    expiring: today.expiring,
    handed: handed.filter((one) => !isDanger(one)),
    attention: attention.filter((one) => !isDanger(one)),
    failed: today.failed,
    stuck: today.stuck.filter((one) => !called.has(one.id) && !waits(one)),
  };
}

const isDanger = ({ reason }: { reason: PersonReason | null }) => reason === "danger";

export const placeOfWords = (one: { conversation_id: number }) =>
  `inbox/${one.conversation_id}?state=unanswered`;

export const countNeeds = (needs: Needs) =>
  Object.values(needs).reduce((total, lines: unknown[]) => total + lines.length, 0);

/** Where it is settled, below the business's address. */
export function placeOf(lead: { id: number; in_writing: boolean; conversation_id: number | null }): string {
  return lead.in_writing && lead.conversation_id !== null
    ? `inbox/${lead.conversation_id}`
    : `leads/${lead.id}?attention=1`;
}
