import { useQuery } from "@tanstack/react-query";
import { CalendarClock, Info, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { useWhen } from "@/app/clock";
import { useBusiness, useMay } from "@/app/session";
import { he } from "@/i18n/he";
import { cn } from "@/lib/cn";
import { instantOf } from "@/lib/time";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Empty } from "@/ui/Page";
import { When } from "@/ui/Said";
import { say } from "@/ui/toast";
import { type Dispatch, type LeadDetail, useDispatch, useLeadAction, useSayRefusal } from "./api";

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

/** An hour is chosen among those somebody has, or written; then somebody among those who can. */
function Assign({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const [at, setAt] = useState<string | null>(null);
  const [written, setWritten] = useState("");
  const sayRefusal = useSayRefusal();
  const complete = Boolean(lead.trade && lead.locality);
  const path = { slug, lead_id: lead.id };
  const times = useQuery({
    queryKey: [slug, "lead", lead.id, "times", lead.version],
    enabled: complete,
    queryFn: () => told(api.GET("/api/businesses/{slug}/leads/{lead_id}/times", { params: { path } })),
  });
  const candidates = useQuery({
    queryKey: [slug, "lead", lead.id, "candidates", at, lead.version],
    enabled: at !== null,
    queryFn: () =>
      told(
        api.GET("/api/businesses/{slug}/leads/{lead_id}/candidates", {
          params: { path, query: { starts_at: at ?? "" } },
        }),
      ),
  });
  const assign = useLeadAction<number>(lead.id, (business, professionalId) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/assign", {
        params: { path: { slug: business, lead_id: lead.id } },
        body: { professional_id: professionalId, starts_at: at ?? "" },
      }),
    ),
  );
  if (!complete)
    return <p className="rounded-control bg-sunken p-3 text-ink-soft">{t("refusals.lead_incomplete")}</p>;
  return (
    <section className="flex flex-col gap-3">
      <h3 className="font-bold">{lead.professional_id ? t("leads.transfer") : t("leads.assign")}</h3>
      <div className="flex flex-wrap gap-2">
        {times.isPending ? <div className="skeleton h-8 w-64" /> : null}
        {times.data?.times.map((time) => (
          <Button
            key={time}
            size="sm"
            look={time === at ? "primary" : "secondary"}
            aria-pressed={time === at}
            onClick={() => setAt(time)}
          >
            <When at={time} />
          </Button>
        ))}
        {times.data && !times.data.times.length ? (
          <p className="text-ink-soft">{t("leads.noTimes")}</p>
        ) : null}
      </div>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          const [date, clock] = written.split("T");
          const [hour, minute] = (clock ?? "").split(":").map(Number);
          if (date && hour !== undefined && minute !== undefined)
            setAt(instantOf(date, hour * 60 + minute, zone).toISOString());
        }}
      >
        <Field label={t("leads.otherHour")}>
          <Input
            type="datetime-local"
            value={written}
            onChange={(event) => setWritten(event.target.value)}
            required
          />
        </Field>
        <Button type="submit">{t("leads.whoCan")}</Button>
      </form>
      {at ? (
        <ul className="flex flex-col divide-y divide-line rounded-card border border-line">
          {candidates.data?.map((one) => (
            <Candidate
              key={one.professional_id}
              one={one}
              action={
                <Button
                  size="sm"
                  look="primary"
                  disabled={one.excluded !== null}
                  busy={assign.isPending && assign.variables === one.professional_id}
                  onClick={() =>
                    assign.mutate(one.professional_id, {
                      onError: sayRefusal,
                      onSuccess: () => {
                        say(t("leads.assigned", { name: one.name }));
                        setAt(null);
                      },
                    })
                  }
                >
                  {t("leads.giveTo")}
                </Button>
              }
            />
          ))}
          {candidates.data && !candidates.data.length ? (
            <li className="p-3 text-ink-soft">{t("leads.nobodyServes")}</li>
          ) : null}
        </ul>
      ) : null}
    </section>
  );
}

/** The newest ranking: everybody who was considered, with the parts of the score. */
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

const PARTS = ["rating", "distance", "load", "fairness", "earliest"] as const;

function Candidate({ one, action }: { one: Schemas["Considered"]; action?: React.ReactNode }) {
  const { t } = useTranslation();
  const reason = one.excluded && (one.excluded in he.words.excluded ? one.excluded : "other");
  return (
    <li className={cn("flex items-center gap-3 p-3", one.excluded && "bg-sunken")}>
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2">
          <span className="font-medium">{one.name}</span>
          <span className="text-sm text-ink-soft tabular-nums">{Math.round(one.score * 100)}</span>
          {reason ? <Badge>{t(`words.excluded.${reason as keyof typeof he.words.excluded}`)}</Badge> : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-soft tabular-nums">
          {PARTS.map((part) => (
            <span key={part}>
              {t(`words.parts.${part}`)} {Math.round((one.parts[part] ?? 0) * 100)}
            </span>
          ))}
        </p>
      </div>
      {action}
    </li>
  );
}
