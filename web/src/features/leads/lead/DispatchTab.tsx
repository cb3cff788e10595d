import { CalendarClock, Info, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { sayShekels } from "@/lib/money";
import { useMay } from "@/session/business";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Empty } from "@/ui/Page";
import { useSayRefusal } from "@/ui/Refused";
import { When, Words } from "@/ui/Said";
import { say } from "@/ui/toast";
import { type Dispatch, type LeadDetail, useDispatch, useLeadAction } from "../api";
import { Assign } from "./Assign";
import { Candidate } from "./Candidate";

const OFFER_TONES: Record<string, Tone> = {
  open: "amber",
  accepted: "teal",
  declined: "grey",
  expired: "grey",
  withdrawn: "grey",
};
const VISIT_TONES: Record<string, Tone> = {
  held: "amber",
  pending: "amber",
  confirmed: "teal",
  done: "green",
  cancelled: "grey",
  no_show: "red",
};
const CLOSED = new Set(["done", "cancelled"]);

/** Who was asked, what is booked, why him and why not another; and giving the lead to somebody. */
export function DispatchTab({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const { data } = useDispatch(lead.id);
  const mayWrite = useMay("agent");
  const sayRefusal = useSayRefusal();
  const takeBack = useLeadAction(lead.id, (slug) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/withdraw", {
        params: { path: { slug, lead_id: lead.id } },
      }),
    ),
  );
  const cancel = useLeadAction(lead.id, (slug) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/cancel", {
        params: { path: { slug, lead_id: lead.id } },
        body: { reason: "" },
      }),
    ),
  );
  const open = data?.offers.find((offer) => offer.status === "open");
  return (
    <div className="flex flex-col gap-6">
      <Visits dispatch={data} />
      {open && mayWrite ? (
        <Button
          className="self-start"
          busy={takeBack.isPending}
          onClick={() => takeBack.mutate(undefined, { onError: sayRefusal })}
        >
          <Undo2 className="size-4 rtl:-scale-x-100" />
          {t("leads.withdraw")}
        </Button>
      ) : null}
      {mayWrite && !CLOSED.has(lead.status) ? <Assign lead={lead} /> : null}
      <Why dispatch={data} />
      {mayWrite && !CLOSED.has(lead.status) ? (
        <Button
          look="danger"
          className="self-start"
          busy={cancel.isPending}
          onClick={() =>
            cancel.mutate(undefined, { onError: sayRefusal, onSuccess: () => say(t("leads.cancelled")) })
          }
        >
          {t("leads.cancelLead")}
        </Button>
      ) : null}
    </div>
  );
}

function Visits({ dispatch }: { dispatch: Dispatch | undefined }) {
  const { t } = useTranslation();
  if (!dispatch) return <div className="skeleton h-20" />;
  if (!dispatch.offers.length && !dispatch.visits.length) {
    return (
      <Empty icon={<CalendarClock className="size-7" />} title={t("leads.noOffers")}>
        {t("leads.noOffersWords")}
      </Empty>
    );
  }
  const kept = dispatch.visits.filter((visit) => visit.status !== "cancelled" && visit.status !== "held");
  return (
    <div className="flex flex-col gap-4">
      {kept.length ? (
        <section>
          <h3 className="mb-2 font-bold">{t("leads.visits")}</h3>
          <ul className="flex flex-col gap-2">
            {kept.map((visit) => (
              <li key={visit.id} className="flex flex-wrap items-center gap-2">
                <Badge tone={VISIT_TONES[visit.status] ?? "grey"}>{t(`words.booking.${visit.status}`)}</Badge>
                <When at={visit.starts_at} className="font-medium" />
                <span className="text-ink-soft">{visit.professional}</span>
                {visit.expected_at && visit.status === "confirmed" ? (
                  <span className="text-sm text-amber">
                    {t("leads.expected")} <When at={visit.expected_at} />
                  </span>
                ) : null}
                {visit.price_agorot === null ? null : (
                  <bdi dir="ltr" className="tabular-nums">
                    {sayShekels(visit.price_agorot)}
                  </bdi>
                )}
                {visit.work_done ? <Words className="w-full text-ink-soft">{visit.work_done}</Words> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {dispatch.offers.length ? (
        <section>
          <h3 className="mb-2 font-bold">{t("leads.offers")}</h3>
          <ul className="flex flex-col gap-2">
            {dispatch.offers.map((offer) => (
              <li key={offer.id} className="flex flex-wrap items-center gap-2">
                <Badge tone={OFFER_TONES[offer.status] ?? "grey"}>{t(`words.offer.${offer.status}`)}</Badge>
                <span>{offer.professional}</span>
                <span className="text-ink-soft">
                  <When at={offer.starts_at} asAim />
                </span>
                {offer.status === "open" ? (
                  <span className="text-sm text-amber">
                    {t("leads.until")} <When at={offer.expires_at} />
                  </span>
                ) : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Why({ dispatch }: { dispatch: Dispatch | undefined }) {
  const { t } = useTranslation();
  if (!dispatch?.ranking?.entries.length) return null;
  return (
    <section>
      <h3 className="mb-2 flex items-center gap-2 font-bold">
        <Info className="size-4 text-ink-soft" />
        {t("leads.why")}
      </h3>
      <p className="mb-2 text-sm text-ink-soft">
        {t("leads.rankedAt")} <When at={dispatch.ranking.at} />
      </p>
      <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
        {dispatch.ranking.entries.map((one) => (
          <Candidate key={one.professional_id} one={one} />
        ))}
      </ul>
    </section>
  );
}
