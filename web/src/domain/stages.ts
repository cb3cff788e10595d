import { useQuery } from "@tanstack/react-query";
import { api, type Schemas, told } from "@/api/client";
import { useLanguage } from "@/i18n/language";
import { useBusiness } from "@/session/business";

export type Stage = Schemas["StageOut"];
type LeadStatus = Schemas["LeadStatus"];

export const STATUSES: LeadStatus[] = ["new", "contacted", "offered", "booked", "done", "cancelled"];

/** Whether somebody is asked, or will come. */
export const isPromised = (lead: { status: LeadStatus }) =>
  lead.status === "offered" || lead.status === "booked";

/** The columns of the board. */
export function useStages() {
  const { slug } = useBusiness();
  const language = useLanguage();
  return useQuery({
    queryKey: [slug, "stages", language],
    queryFn: () =>
      told(api.GET("/api/businesses/{slug}/stages", { params: { path: { slug }, query: { language } } })),
  });
}

/** Where a lead stands on the board: in its own column, or the first of its status. */
export function stageOf(
  stages: Stage[],
  lead: { stage_id: number | null; status: string },
): Stage | undefined {
  return (
    stages.find((one) => one.id !== null && one.id === lead.stage_id) ??
    stages.find((one) => one.kind === lead.status)
  );
}
