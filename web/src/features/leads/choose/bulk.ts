import { useMutation } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { isPromised, type Stage } from "@/domain/stages";
import { Refusal } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { type Lead, type LeadStatus, type Urgency, useLeadsChanged } from "../api";

export type Outcome = Schemas["LeadOutcome"];
type LeadVersion = Schemas["LeadVersion"];
export interface Spot {
  status: LeadStatus;
  stage_id: number | null;
}
export type Doing =
  | ({ action: "place" } & Spot)
  | { action: "urgency"; urgency: Urgency }
  | { action: "attended" };

/** As many as the server takes at once. */
const AT_ONCE = 200;

export function inParts<T>(many: T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let start = 0; start < many.length; start += size) parts.push(many.slice(start, start + size));
  return parts;
}

/** Where leads can be put: offers and visits are made, not declared, so only what has one moves within those columns. */
export const reachable = (stages: Stage[], leads: Pick<Lead, "status">[]) =>
  stages.filter(
    (stage) => !isPromised({ status: stage.kind }) || leads.some((lead) => lead.status === stage.kind),
  );

interface Undo {
  to: Spot;
  ids: LeadVersion[];
}

/** What puts moved leads back where they stood; offers and visits that were given up do not come back. */
export function undoOf(
  before: Pick<Lead, "id" | "status" | "stage_id">[],
  target: Spot,
  outcomes: Outcome[],
): Undo[] {
  const groups = new Map<string, Undo>();
  for (const { id, ok, version } of outcomes) {
    const lead = before.find((one) => one.id === id);
    if (!ok || !lead || typeof version !== "number") continue;
    const { status, stage_id } = lead;
    if (status === target.status ? stage_id === target.stage_id : isPromised(lead)) continue;
    const key = `${status}/${stage_id}`;
    const group = groups.get(key) ?? { to: { status, stage_id }, ids: [] };
    group.ids.push({ id, version });
    groups.set(key, group);
  }
  return [...groups.values()];
}

export interface Reason {
  refusal: Refusal;
  ids: number[];
}

/** The leads to which it could not be done, by why. */
export function reasonsOf(outcomes: Outcome[]): Reason[] {
  const reasons = new Map<string, Reason>();
  for (const { id, ok, code, params } of outcomes) {
    if (ok) continue;
    const key = `${code} ${params.reason}`;
    const reason = reasons.get(key) ?? {
      refusal: new Refusal(409, { code: code ?? "unknown", params }),
      ids: [],
    };
    reason.ids.push(id);
    reasons.set(key, reason);
  }
  return [...reasons.values()];
}

async function sent(slug: string, doing: Doing, ids: LeadVersion[]): Promise<Outcome[]> {
  try {
    const params = { path: { slug } };
    const body = { ...doing, ids };
    return (await told(api.POST("/api/businesses/{slug}/leads/bulk", { params, body }))).outcomes;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return ids.map(({ id }) => ({ id, ok: false, code: error.code, params: error.params }));
  }
}

/** One thing done to many leads; what came of each is the answer, also when the server was not reached. */
export function useBulk() {
  const { slug } = useBusiness();
  const changed = useLeadsChanged();
  return useMutation({
    networkMode: "always",
    mutationFn: async (parts: { doing: Doing; ids: LeadVersion[] }[]) => {
      const outcomes: Outcome[] = [];
      for (const { doing, ids } of parts) {
        for (const part of inParts(ids, AT_ONCE)) outcomes.push(...(await sent(slug, doing, part)));
      }
      return outcomes;
    },
    onSettled: (outcomes) => {
      changed();
      for (const { id } of outcomes ?? []) changed(id);
    },
  });
}
