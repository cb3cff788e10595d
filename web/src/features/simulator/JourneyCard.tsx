import { Check, ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useTradeName } from "@/domain/trades";
import { cn } from "@/lib/cn";
import { useBusiness } from "@/session/business";
import { Badge, type Tone } from "@/ui/Badge";
import { When, Words } from "@/ui/Said";
import type { Dispatch, Lead } from "./api";
import { STEPS, stepsOf } from "./journey";

const TONES: Record<string, Tone> = {
  new: "blue",
  contacted: "slate",
  offered: "amber",
  booked: "teal",
  done: "green",
  cancelled: "grey",
};

/** The lead as it changes, and the steps that it has come through. */
export function Journey({ lead, dispatch }: { lead: Lead | undefined; dispatch: Dispatch | undefined }) {
  const { t } = useTranslation();
  const done = stepsOf(lead, dispatch);
  return (
    <div className="flex flex-col gap-5">
      <ol className="flex flex-col gap-1" aria-label={t("simulator.steps")}>
        {STEPS.map((step) => (
          <li
            key={step}
            data-step={step}
            data-done={done.has(step)}
            className={cn(
              "flex items-center gap-3 rounded-control px-3 py-2 transition-colors duration-200",
              done.has(step) ? "bg-accent-soft font-medium text-accent-text" : "text-ink-soft",
            )}
          >
            <span
              className={cn(
                "grid size-6 place-items-center rounded-full border",
                done.has(step) ? "border-accent bg-accent text-accent-ink" : "border-line-strong",
              )}
            >
              {done.has(step) ? <Check className="size-4" /> : null}
            </span>
            {t(`simulator.step_${step}`)}
            <span className="sr-only">{done.has(step) ? t("common.yes") : t("common.no")}</span>
          </li>
        ))}
      </ol>
      {lead ? (
        <LeadCard lead={lead} dispatch={dispatch} />
      ) : (
        <p className="px-3 text-ink-soft">{t("simulator.noLead")}</p>
      )}
    </div>
  );
}

function LeadCard({ lead, dispatch }: { lead: Lead; dispatch: Dispatch | undefined }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const tradeName = useTradeName();
  const visit = dispatch?.visits.find((one) => one.status !== "cancelled");
  const offer = dispatch?.offers[0];
  const rows = [
    [t("words.field.customer_name"), lead.customer_name],
    [t("words.field.trade"), tradeName(lead.trade)],
    [t("words.field.description"), lead.description],
    [t("words.field.locality"), lead.locality],
    [t("words.field.address"), lead.address],
    [t("words.field.professional"), visit?.professional ?? offer?.professional],
  ] as const;
  return (
    <article className="rounded-card border border-line bg-surface p-4" aria-live="polite">
      <header className="mb-3 flex items-center gap-2">
        <h2 className="font-bold">{t("leads.one")}</h2>
        <Badge tone={TONES[lead.status] ?? "grey"}>{t(`words.status.${lead.status}`)}</Badge>
        <Link
          to={`/b/${slug}/leads/${lead.id}`}
          aria-label={t("simulator.openLead")}
          className="ms-auto grid size-8 place-items-center rounded-control text-ink-soft hover:bg-grey-soft"
        >
          <ExternalLink className="size-4 rtl:-scale-x-100" />
        </Link>
      </header>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="min-w-0">
                <Words>{value}</Words>
              </dd>
            </div>
          ) : null,
        )}
        {visit ? (
          <div className="contents">
            <dt className="text-ink-soft">{t("simulator.when")}</dt>
            <dd>
              <When at={visit.starts_at} className="font-medium" /> · {t(`words.booking.${visit.status}`)}
            </dd>
          </div>
        ) : null}
        {offer?.status === "open" ? (
          <div className="contents">
            <dt className="text-ink-soft">{t("leads.until")}</dt>
            <dd>
              <When at={offer.expires_at} />
            </dd>
          </div>
        ) : null}
      </dl>
    </article>
  );
}
