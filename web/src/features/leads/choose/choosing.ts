import { useState } from "react";
import type { Lead } from "../api";

type Ids = ReadonlySet<number>;

const NOBODY: Ids = new Set();

export function toggled(chosen: Ids, id: number): Ids {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** All from one row to another are chosen too, whichever of them stands higher. */
export function stretched(chosen: Ids, ids: number[], from: number, to: number): Ids {
  const [first, last] = [ids.indexOf(from), ids.indexOf(to)].sort((a, b) => a - b);
  if (first === undefined || last === undefined || first < 0) return toggled(chosen, to);
  return new Set([...chosen, ...ids.slice(first, last + 1)]);
}

export function howMany(chosen: Ids, ids: number[]): "none" | "some" | "all" {
  const count = ids.filter((id) => chosen.has(id)).length;
  if (count === 0) return "none";
  return count === ids.length ? "all" : "some";
}

export interface Choice {
  leads: Lead[];
  has: (id: number) => boolean;
  all: "none" | "some" | "all";
  toggle: (id: number, stretch: boolean) => void;
  toggleAll: () => void;
  keep: (ids: Iterable<number>) => void;
}

/** Which of the loaded rows are chosen. Another list, named by `list`, begins with none. */
export function useChoice(rows: Lead[], list: string): Choice {
  const [state, setState] = useState({ list, chosen: NOBODY, last: null as number | null });
  const { chosen, last } = state.list === list ? state : { chosen: NOBODY, last: null };
  const ids = rows.map((lead) => lead.id);
  const set = (next: Ids, to: number | null = null) => setState({ list, chosen: next, last: to });
  const all = howMany(chosen, ids);
  return {
    leads: rows.filter((lead) => chosen.has(lead.id)),
    has: (id) => chosen.has(id),
    all,
    toggle: (id, stretch) =>
      set(stretch && last !== null ? stretched(chosen, ids, last, id) : toggled(chosen, id), id),
    toggleAll: () => set(all === "all" ? NOBODY : new Set(ids)),
    keep: (kept) => set(new Set(kept)),
  };
}
