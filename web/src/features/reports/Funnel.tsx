import { useTranslation } from "react-i18next";
import { percentOf, sayCount } from "@/lib/trend";
import { type Report, useLeadsLink } from "./api";
import { Bars, Said } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";

/** Which leads stand behind a step: those whose status says that they have come so far. */
const STATUSES: Record<Report["funnel"][number]["stage"], string[]> = {
  opened: [],
  understood: ["contacted", "offered", "booked", "done"],
  offered: ["offered", "booked", "done"],
  booked: ["booked", "done"],
  done: ["done"],
};

export function Funnel({ stages }: { stages: Report["funnel"] }) {
  const { t } = useTranslation();
  const leads = useLeadsLink();
  const whole = stages[0]?.count ?? 0;
  const title = t("reports.funnel");
  return (
    <ChartCard
      title={title}
      file="funnel"
      empty={!whole}
      rows={
        <DataTable
          caption={title}
          heads={[t("reports.column.stage"), t("reports.column.count"), t("reports.column.share")]}
          rows={stages.map(({ stage, count }) => ({
            key: stage,
            cells: [t(`reports.stage.${stage}`), sayCount(count), `${percentOf(count, whole)}%`],
          }))}
        />
      }
    >
      <Bars
        whole={whole}
        bars={stages.map(({ stage, count }) => ({
          key: stage,
          label: t(`reports.stage.${stage}`),
          value: count,
          words: <Said strong={sayCount(count)} soft={`${percentOf(count, whole)}%`} />,
          to: leads({ status: STATUSES[stage], opened: true }),
        }))}
      />
    </ChartCard>
  );
}
