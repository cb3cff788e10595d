import { Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import { percentOf } from "@/lib/trend";
import { type Report, useLeadsLink } from "./api";
import { Bars, Said } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";

export function Ratings({ ratings }: { ratings: Report["ratings"] }) {
  const { t } = useTranslation();
  const leads = useLeadsLink();
  const title = t("reports.ratings");
  const scores = ratings.by_score.map((count, index) => ({ score: index + 1, count })).reverse();
  return (
    <ChartCard
      id="ratings"
      title={title}
      file="ratings"
      empty={!ratings.count}
      rows={
        <div className="flex flex-col gap-4">
          <DataTable
            caption={title}
            heads={[t("reports.column.rating"), t("reports.column.count"), t("reports.column.share")]}
            rows={scores.map(({ score, count }) => ({
              key: score,
              cells: [t("reports.stars", { count: score }), count, `${percentOf(count, ratings.count)}%`],
            }))}
          />
          <DataTable
            caption={t("reports.ratingsBy")}
            heads={[
              t("reports.column.professional"),
              t("reports.column.rating"),
              t("reports.column.ratings"),
            ]}
            rows={ratings.by_professional.map((one) => ({
              key: one.professional_id,
              cells: [<bdi key="name">{one.name}</bdi>, one.average.toFixed(1), one.count],
            }))}
          />
        </div>
      }
    >
      <p className="mb-2 flex items-baseline gap-2">
        <span className="text-2xl font-bold tabular-nums">{ratings.average?.toFixed(1)}</span>
        <Star aria-hidden className="size-5 self-center fill-current text-amber" />
        <span className="text-ink-soft">{t("reports.ratingsCount", { count: ratings.count })}</span>
      </p>
      <Bars
        whole={ratings.count}
        bars={scores.map(({ score, count }) => ({
          key: score,
          label: t("reports.stars", { count: score }),
          value: count,
          words: <Said strong={String(count)} soft={`${percentOf(count, ratings.count)}%`} />,
        }))}
      />
      <h3 className="mt-4 mb-1 font-bold">{t("reports.ratingsBy")}</h3>
      <Bars
        whole={5}
        bars={ratings.by_professional.map((one) => ({
          key: one.professional_id,
          label: <bdi>{one.name}</bdi>,
          value: one.average,
          words: (
            <Said strong={one.average.toFixed(1)} soft={t("reports.ratingsCount", { count: one.count })} />
          ),
          to: leads({ status: ["done"], professional: one.professional_id }),
        }))}
      />
    </ChartCard>
  );
}
