import type { Schemas } from "@/api/client";
import { isDate } from "@/lib/time";

export const DIRECTIONS = ["inbound", "outbound"] as const;
export const OUTCOMES = ["finished", "dropped", "missed", "transferred", "voicemail", "machine"] as const;

/** Which calls: all of it in the address, so that a link shows the same. */
export interface Filter {
  direction: Schemas["CallDirection"] | null;
  outcome: Schemas["CallOutcome"] | null;
  /** With whom. */
  contact: number | null;
  /** Days on which they began, both included. */
  from: string | null;
  to: string | null;
}

const one = <T extends string>(value: string | null, of: readonly T[]): T | null =>
  of.find((known) => known === value) ?? null;

const day = (value: string | null) => (isDate(value) ? value : null);

/** An id that a row may have. */
const id = (value: string | null) => (/^[1-9]\d{0,14}$/.test(value ?? "") ? Number(value) : null);

export const readFilter = (query: URLSearchParams): Filter => ({
  direction: one(query.get("direction"), DIRECTIONS),
  outcome: one(query.get("outcome"), OUTCOMES),
  contact: id(query.get("contact")),
  from: day(query.get("from")),
  to: day(query.get("to")),
});

export function writeFilter(query: URLSearchParams, filter: Filter): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(filter)) {
    if (value) next.set(name, String(value));
    else next.delete(name);
  }
  return next;
}

export const isFiltered = (filter: Filter) => Object.values(filter).some(Boolean);
