import { Star } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useWhen } from "@/lib/clock";
import { sayShekels } from "@/lib/money";
import { sayDuration } from "@/lib/time";
import { sayCount, stepOfWait, type Trend, trendOf } from "@/lib/trend";
import { Figure, TrendWords } from "@/ui/Trend";
import { type Totals, useLeadsLink } from "./api";
import { useVisitWords } from "./words";

/** A business that was not here yet had no period to compare with. */
const wasNothing = (totals: Totals) => !totals.leads && !totals.booked;

/** The period on one line, beside the one before it. */
export function Summary({ totals, former }: { totals: Totals; former: Totals }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const leads = useLeadsLink();
  const words = useVisitWords();
  const [query] = useSearchParams();
  const first = wasNothing(former);
  const response = totals.median_first_response_s;
  const formerResponse = former.median_first_response_s;
  return (
    <section aria-label={t("reports.totals")} className="grid grid-cols-2 gap-2 lg:grid-cols-6">
      <Figure to={leads({ opened: true })} label={t("reports.leads")} value={sayCount(totals.leads)}>
        <Change trend={first ? null : trendOf(totals.leads, former.leads)} say={sayCount} />
      </Figure>
      <Figure to={leads({ status: ["booked", "done"] })} label={words.booked} value={sayCount(totals.booked)}>
        <Change trend={first ? null : trendOf(totals.booked, former.booked)} say={sayCount} />
      </Figure>
      <Figure to={leads({ status: ["done"] })} label={words.done} value={sayCount(totals.done)}>
        <Change trend={first ? null : trendOf(totals.done, former.done)} say={sayCount} />
      </Figure>
      <Figure
        to={leads({ status: ["done"] })}
        label={t("reports.revenue")}
        value={totals.revenue_agorot ? sayShekels(totals.revenue_agorot) : <None />}
      >
        <Change
          trend={first ? null : trendOf(totals.revenue_agorot, former.revenue_agorot)}
          say={sayShekels}
        />
      </Figure>
      <Figure
        to={`?${query}#response`}
        label={t("reports.response")}
        value={response === null ? <None /> : sayDuration(response, language)}
      >
        <Change
          trend={trendOf(response, formerResponse, { better: "less", step: stepOfWait(formerResponse) })}
          say={(by) => sayDuration(by, language)}
        />
      </Figure>
      <Figure
        to={`?${query}#ratings`}
        label={t("reports.rating")}
        value={totals.rating === null ? <None /> : <Stars average={totals.rating} />}
      >
        <Change trend={trendOf(totals.rating, former.rating, { step: 0.1 })} say={(by) => by.toFixed(1)} />
      </Figure>
    </section>
  );
}

function Stars({ average }: { average: number }): ReactNode {
  return (
    <span className="flex items-center gap-1">
      {average.toFixed(1)}
      <Star aria-hidden className="size-4 fill-current text-amber" />
    </span>
  );
}

function None() {
  const { t } = useTranslation();
  return <span className="text-base font-normal text-ink-soft">{t("reports.notMeasured")}</span>;
}

function Change({ trend, say }: { trend: Trend | null; say: (by: number) => string }) {
  const { t } = useTranslation();
  if (!trend) return null;
  return <TrendWords trend={trend}>{t(`reports.trend.${trend.way}`, { by: say(trend.by) })}</TrendWords>;
}
