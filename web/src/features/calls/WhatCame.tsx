import { MessageSquare, Phone as PhoneIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useCallerWords } from "@/domain/calls";
import { LeadCard } from "@/domain/LeadCard";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { When, Words } from "@/ui/Said";
import { type CallDetails, useLeadOf } from "./api";
import { Part } from "./parts";

/** What was done during the call and after it: the request, the message in which it went on, and where to go from here. */
export function WhatCame({ details }: { details: CallDetails }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const who = useCallerWords();
  const { call, conversation_id: talk, written } = details;
  const nothing = call.ended_at && !call.lead_id && !written;
  return (
    <>
      {call.lead_id || written || nothing ? (
        <Part title={t("calls.after")}>
          {call.lead_id ? <TheLead leadId={call.lead_id} /> : null}
          {written ? <Written written={written} /> : null}
          {nothing ? (
            <p className="text-ink-soft">
              {t(
                call.phone === null && call.outcome === "missed"
                  ? "calls.nowhereToWrite"
                  : "calls.nothingAfter",
              )}
            </p>
          ) : null}
        </Part>
      ) : null}
      {call.contact_id ? (
        <div className="flex flex-wrap gap-2">
          {talk ? (
            <Button asChild size="sm">
              <Link to={`/b/${slug}/inbox/${talk}`}>
                <MessageSquare className="size-4" />
                {t("calls.toConversation")}
              </Link>
            </Button>
          ) : null}
          <Button asChild size="sm">
            <Link to={`/b/${slug}/calls?contact=${call.contact_id}`}>
              <PhoneIcon className="size-4" />
              {t("calls.othersOfPerson", { name: who(call) })}
            </Link>
          </Button>
        </div>
      ) : null}
    </>
  );
}

function TheLead({ leadId }: { leadId: number }) {
  const { data } = useLeadOf(leadId);
  return data ? <LeadCard lead={data} /> : <div className="skeleton h-20" />;
}

function Written({ written }: { written: NonNullable<CallDetails["written"]> }) {
  const { t } = useTranslation();
  return (
    <div className="rounded-card border border-line p-3">
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-soft">
        <MessageSquare className="size-4" />
        {[t("calls.written"), written.delivery && t(`words.delivery.${written.delivery}`)]
          .filter(Boolean)
          .join(" · ")}
        <When at={written.sent_at} className="ms-auto text-xs" />
      </p>
      <p className="mt-1.5 break-words whitespace-pre-wrap">
        <Words>{written.text}</Words>
      </p>
    </div>
  );
}
