import { useMutation, useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { isPromised } from "@/domain/stages";
import { useBusiness } from "@/session/business";
import { type Lead, type LeadDetail, useLeadsChanged } from "../api";

export type Duplicate = Schemas["DuplicateOut"];

export const COMPARED = ["customer_name", "trade", "locality", "address", "description", "urgency"] as const;
export type Compared = (typeof COMPARED)[number];

/** The leads that were taken into this one and not parted again. */
export function mergedInto(lead: Pick<LeadDetail, "id" | "timeline">): ReadonlySet<number> {
  const merged = new Set<number>();
  for (const { kind, details } of lead.timeline) {
    if (details.lead_id !== lead.id || typeof details.other_id !== "number") continue;
    if (kind === "merged") merged.add(details.other_id);
    if (kind === "unmerged") merged.delete(details.other_id);
  }
  return merged;
}

const isOpen = (lead: Pick<Lead, "closed_at">) => lead.closed_at === null;

/** Those that can still be made one with the lead: not done before, and one of the two is open. */
export function mergeable(lead: LeadDetail, duplicates: Duplicate[]): Duplicate[] {
  const merged = mergedInto(lead);
  return duplicates.filter(({ lead: other }) => !merged.has(other.id) && (isOpen(lead) || isOpen(other)));
}

/** Whether either may stay; a closed one cannot. */
export const isFreeChoice = (lead: Lead, other: Lead) => isOpen(lead) && isOpen(other);

/** The one to keep: the open one, the one with an offer or a visit, or else the one that is looked at. */
export function keeperOf<T extends Pick<Lead, "closed_at" | "status">>(lead: T, other: T): T {
  if (isOpen(lead) !== isOpen(other)) return isOpen(lead) ? lead : other;
  return isPromised(other) && !isPromised(lead) ? other : lead;
}

/** Whose value stands afterwards: what was known of the kept one stays, what was not comes from the other. */
export function standing(kept: Pick<Lead, Compared>, other: Pick<Lead, Compared>, field: Compared) {
  if (field === "urgency") {
    const presses = other.urgency === "high" || other.urgency === "emergency";
    return kept.urgency === "normal" && presses ? "other" : "kept";
  }
  return !kept[field] && other[field] ? "other" : "kept";
}

export function useDuplicates(leadId: number) {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "lead", leadId, "duplicates"],
    placeholderData: undefined,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}/duplicates", {
          params: { path: { slug, lead_id: leadId } },
        }),
      ),
  });
}

export function useMerge() {
  const { slug } = useBusiness();
  const changed = useLeadsChanged();
  const at = (lead: Pick<Lead, "id">) => ({ params: { path: { slug, lead_id: lead.id } } });
  const onSettled = (_data: unknown, _error: unknown, both: { kept: Lead; other: Lead }) => {
    changed(both.kept.id);
    changed(both.other.id);
  };
  const merge = useMutation({
    networkMode: "always",
    mutationFn: ({ kept, other }: { kept: Lead; other: Lead }) =>
      told(
        api.POST("/api/businesses/{slug}/leads/{lead_id}/merge", {
          ...at(kept),
          body: { other_id: other.id, version: kept.version },
        }),
      ),
    onSettled,
  });
  const part = useMutation({
    networkMode: "always",
    mutationFn: ({ kept, other }: { kept: Lead; other: Lead }) =>
      told(
        api.POST("/api/businesses/{slug}/leads/{lead_id}/unmerge", {
          ...at(kept),
          body: { other_id: other.id },
        }),
      ),
    onSettled,
  });
  return { merge, part };
}
