import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { stageOf, useStages } from "@/domain/stages";
import { useRefusalWords } from "@/i18n/refusals";
import { useWhen } from "@/lib/clock";
import { Refusal } from "@/lib/refusal";
import { instantOf } from "@/lib/time";
import { z } from "@/lib/zod";
import { useBusiness } from "@/session/business";
import { say, sayFailed } from "@/ui/toast";
import { URGENCIES, useLeadsChanged } from "./api";

export const Draft = z.object({
  phone: z.string().trim().min(1),
  customer_name: z.string(),
  trade: z.string(),
  locality: z.string(),
  address: z.string(),
  description: z.string().max(4000),
  urgency: z.enum(URGENCIES),
  /** What an input for a day and an hour holds: "2026-11-29T12:00". */
  wished: z.string(),
  professional: z.string(),
  /** Of the board; empty for where a new request begins. */
  stage: z.string(),
});
export type Draft = z.infer<typeof Draft>;
export const EMPTY: Draft = {
  phone: "",
  customer_name: "",
  trade: "",
  locality: "",
  address: "",
  description: "",
  urgency: "normal",
  wished: "",
  professional: "",
  stage: "",
};

/** The moment that was typed, by the clocks of the business. */
function momentOf(wished: string, zone: string): string | undefined {
  const [date, clock] = wished.split("T");
  const [hour, minute] = (clock ?? "").split(":").map(Number);
  if (!date || hour === undefined || minute === undefined) return undefined;
  return instantOf(date, hour * 60 + minute, zone).toISOString();
}

/**
 * Writes a request down, and then gives it to the professional or puts it where it was said. What is written stays
 * written when that is refused, and the refusal is said.
 */
export function useMakeLead(onMade: (id: number) => void, onRefused: (refusal: Refusal) => void) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const words = useRefusalWords();
  const changed = useLeadsChanged();
  const { data: stages = [] } = useStages();
  return useMutation({
    mutationFn: async ({ wished, professional, stage, urgency, ...draft }: Draft) => {
      const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim()));
      const wish_at = momentOf(wished, zone);
      const lead = await told(
        api.POST("/api/businesses/{slug}/leads", {
          params: { path: { slug } },
          body: { ...given, phone: draft.phone, urgency, wish_at },
        }),
      );
      const path = { slug, lead_id: lead.id };
      const column = stages.find((one) => `${one.id ?? one.kind}` === stage);
      try {
        if (professional && wish_at) {
          const body = { professional_id: Number(professional), over_limit: false, starts_at: wish_at };
          await told(api.POST("/api/businesses/{slug}/leads/{lead_id}/assign", { params: { path }, body }));
        } else if (column && column !== stageOf(stages, lead)) {
          const body = { version: lead.version, status: column.kind, stage_id: column.id };
          await told(api.POST("/api/businesses/{slug}/leads/{lead_id}/place", { params: { path }, body }));
        }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { lead, refused: error };
      }
      return { lead, refused: null };
    },
    onSuccess: ({ lead, refused }) => {
      changed();
      if (refused) sayFailed(t("leads.madeBut", { why: words(refused) }));
      else say(t("leads.made"));
      onMade(lead.id);
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) throw error;
      onRefused(error);
    },
  });
}
