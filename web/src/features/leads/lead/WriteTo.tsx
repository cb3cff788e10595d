import { MessageSquarePlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { api, told } from "@/api/client";
import { useMay } from "@/session/business";
import { Button } from "@/ui/Button";
import { useSayRefusal } from "@/ui/Refused";
import { type LeadDetail, useLeadAction } from "../api";

/** Begins to write to somebody who has not written, in the inbox. */
export function WriteTo({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const go = useNavigate();
  const refused = useSayRefusal();
  const begin = useLeadAction(lead.id, (business: string, contactId: number) =>
    told(
      api.POST("/api/businesses/{slug}/conversations", {
        params: { path: { slug: business } },
        body: { contact_id: contactId },
      }),
    ).then(({ id }) => go(`/b/${business}/inbox/${id}`)),
  );
  if (!useMay("agent") || !lead.phone) return null;
  return (
    <Button
      size="sm"
      busy={begin.isPending}
      onClick={() => begin.mutate(lead.contact_id, { onError: refused })}
    >
      <MessageSquarePlus className="size-4" />
      {t("leads.writeTo")}
    </Button>
  );
}
