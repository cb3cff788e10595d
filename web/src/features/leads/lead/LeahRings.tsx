import { Phone } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { useNow, useWhen } from "@/lib/clock";
import { sayWhen } from "@/lib/time";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { useSayRefusal } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type LeadDetail, useLeadAction } from "../api";

const AT_ONCE_MS = 60_000;

/** The agent calls the customer of the request, now or as soon as people may be called. */
export function LeahRings({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const now = useNow();
  const when = useWhen();
  const refused = useSayRefusal();
  const ring = useLeadAction(lead.id, (slug: string, leadId: number) =>
    told(
      api.POST("/api/businesses/{slug}/calls/out", {
        params: { path: { slug } },
        body: { lead_id: leadId },
      }),
    ).then(({ due_at }) =>
      say(
        new Date(due_at).getTime() - now.getTime() < AT_ONCE_MS
          ? t("leads.leahRingsNow")
          : t("leads.leahRingsAt", { when: sayWhen(due_at, { ...when, now }) }),
      ),
    ),
  );
  if (!useMay("agent") || !lead.phone) return null;
  return (
    <Button size="sm" busy={ring.isPending} onClick={() => ring.mutate(lead.id, { onError: refused })}>
      <Phone className="size-4" />
      {t("leads.leahRings")}
    </Button>
  );
}
