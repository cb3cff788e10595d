import { Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { addDays, sayDay, sayDuration, wallOf } from "@/lib/time";
import { sayCount, stepOfWait, type Trend, trendOf } from "@/lib/trend";
import { useBusiness } from "@/session/business";
import { Figure, TrendWords } from "@/ui/Trend";
import type { Figures } from "./api";
import { useVisitWords } from "./words";

/** How the last seven days went beside the seven before. */
export function Week({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone, language } = useWhen();
  const today = wallOf(useNow(), zone).date;
  const words = useVisitWords();
  const response = figures.median_first_response_s_week;
  const formerResponse = figures.median_first_response_s_former_week;
  const at = (place: string) => `/b/${slug}/${place}`;
  return (
    <section aria-labelledby="week">
      <h2 id="week" className="mb-2 text-base font-bold">
        {t("today.week")}
      </h2>
      <div className="grid grid-cols-2 gap-2">
        <Figure
          to={at(`leads?order=-created&from=${addDays(today, -6)}`)}
          label={t("today.leadsWeek")}
          value={sayCount(figures.leads_week)}
        >
          <Change trend={trendOf(figures.leads_week, figures.leads_former_week)} say={sayCount} />
        </Figure>
        <Figure to={at("reports?days=7")} label={words.booked} value={sayCount(figures.booked_week)}>
          <Change trend={trendOf(figures.booked_week, figures.booked_former_week)} say={sayCount} />
        </Figure>
        <Figure
          to={at("reports?days=7#response")}
          label={t("today.response")}
          value={response === null ? <None /> : sayDuration(response, language)}
        >
          <Change
            trend={trendOf(response, formerResponse, { better: "less", step: stepOfWait(formerResponse) })}
            say={(by) => sayDuration(by, language)}
          />
        </Figure>
        <Figure
          to={at("reports?days=30#ratings")}
          label={t("today.rating")}
          value={
            figures.rating_month === null ? (
              <None />
            ) : (
              <span className="flex items-center gap-1">
                {figures.rating_month.toFixed(1)}
                <Star aria-hidden className="size-4 fill-current text-amber" />
              </span>
            )
          }
        >
          <Change
            month
            trend={trendOf(figures.rating_month, figures.rating_former_month, { step: 0.1 })}
            say={(by) => by.toFixed(1)}
          />
        </Figure>
        <PerDay days={figures.per_day} />
      </div>
    </section>
  );
}

function Change({
  trend,
  say,
  month,
}: {
  trend: Trend | null;
  say: (by: number) => string;
  month?: boolean;
}) {
  const { t } = useTranslation();
  if (!trend) return null;
  return (
    <TrendWords trend={trend}>
      {t(`today.trend.${month ? "month" : "week"}_${trend.way}`, { by: say(trend.by) })}
    </TrendWords>
  );
}

function None() {
  const { t } = useTranslation();
  return <span className="text-base font-normal text-ink-soft">{t("today.notMeasured")}</span>;
}

const WEEK = 7;

/** Fourteen days as bars with their numbers; the same as a table for whoever does not see them. */
function PerDay({ days }: { days: Figures["per_day"] }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone, language } = useWhen();
  const now = useNow();
  const most = Math.max(1, ...days.map((day) => day.count));
  const saying = { today: wallOf(now, zone).date, language };
  return (
    <div className="col-span-2 rounded-card border border-line bg-surface px-3 py-2.5">
      <Link to={`/b/${slug}/reports?days=30`} className="text-sm text-ink-soft hover:underline">
        {t("today.perDay")}
      </Link>
      <div aria-hidden className="mt-2 grid grid-cols-2 gap-1">
        {[days.slice(0, -WEEK), days.slice(-WEEK)].map((week, which) => (
          <div key={week[0]?.day ?? which}>
            <div className="flex h-16 items-end gap-0.5 border-b border-line">
              {week.map(({ day, count }) => (
                <div key={day} className="flex h-full min-w-0 grow basis-0 flex-col items-center justify-end">
                  <span className="text-xs leading-tight text-ink-soft tabular-nums">{count || ""}</span>
                  <div
                    className={cn("w-full rounded-t-[2px]", which === 1 ? "bg-accent" : "bg-line-strong")}
                    style={{ height: `${(count / most) * 75}%` }}
                  />
                </div>
              ))}
            </div>
            <p className="pt-1 text-center text-xs text-ink-soft">
              {which === 1 ? t("today.thisWeek") : t("today.formerWeek")}
            </p>
          </div>
        ))}
      </div>
      <table className="sr-only">
        <caption>{t("today.perDay")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("today.day")}</th>
            <th scope="col">{t("today.leads")}</th>
          </tr>
        </thead>
        <tbody>
          {days.map(({ day, count }) => (
            <tr key={day}>
              <th scope="row">{sayDay(day, saying)}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
