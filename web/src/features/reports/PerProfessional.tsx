import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { sayDuration } from "@/lib/time";
import { percentOf, sayCount } from "@/lib/trend";
import { type Report, useLeadsLink } from "./api";
import { Bars, Key, Said } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";
import { useVisitWords } from "./words";

export function Acceptance({ rows }: { rows: Report["acceptance"] }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const leads = useLeadsLink();
  const title = t("reports.acceptance");
  const others = (one: Report["acceptance"][number]) =>
    Math.max(0, one.offers - one.accepted - one.declined - one.expired);
  return (
    <ChartCard
      title={title}
      file="acceptance"
      empty={!rows.length}
      className="lg:col-span-2"
      rows={
        <DataTable
          caption={title}
          heads={[
            t("reports.column.professional"),
            t("reports.column.offers"),
            t("reports.column.accepted"),
            t("reports.column.declined"),
            t("reports.column.expired"),
            t("reports.column.other"),
            t("reports.column.answer"),
          ]}
          rows={rows.map((one) => ({
            key: one.professional_id,
            cells: [
              <bdi key="name">{one.name}</bdi>,
              one.offers,
              `${one.accepted} (${percentOf(one.accepted, one.offers)}%)`,
              one.declined,
              one.expired,
              others(one),
              one.median_answer_s === null ? "" : sayDuration(one.median_answer_s, language),
            ],
          }))}
        />
      }
    >
      <Key
        parts={[
          { fill: "accent", words: t("reports.column.accepted") },
          { fill: "grey", words: t("reports.column.declined") },
          { fill: "amber", words: t("reports.column.expired") },
          { fill: "light", words: t("reports.column.other") },
        ]}
      />
      <Bars
        bars={rows.map((one) => ({
          key: one.professional_id,
          label: <bdi>{one.name}</bdi>,
          value: one.offers,
          parts: [
            { value: one.accepted, fill: "accent" },
            { value: one.declined, fill: "grey" },
            { value: one.expired, fill: "amber" },
            { value: others(one), fill: "light" },
          ],
          words: (
            <Said
              strong={`${percentOf(one.accepted, one.offers)}%`}
              soft={t("reports.ofAll", { part: one.accepted, whole: one.offers })}
            />
          ),
          to: leads({ professional: one.professional_id }),
        }))}
      />
    </ChartCard>
  );
}

export function Load({ rows }: { rows: Report["load"] }) {
  const { t } = useTranslation();
  const words = useVisitWords();
  const leads = useLeadsLink();
  const title = t("reports.load");
  const hours = (minutes: number) => sayCount(Math.round(minutes / 60));
  return (
    <ChartCard
      title={title}
      file="load"
      empty={!rows.some((one) => one.visits)}
      rows={
        <DataTable
          caption={title}
          heads={[
            t("reports.column.professional"),
            words.column,
            t("reports.column.hours"),
            t("reports.column.openHours"),
            t("reports.column.share"),
          ]}
          rows={rows.map((one) => ({
            key: one.professional_id,
            cells: [
              <bdi key="name">{one.name}</bdi>,
              one.visits,
              hours(one.minutes),
              hours(one.open_minutes),
              `${percentOf(one.minutes, one.open_minutes)}%`,
            ],
          }))}
        />
      }
    >
      <Bars
        bars={rows.map((one) => ({
          key: one.professional_id,
          label: <bdi>{one.name}</bdi>,
          value: one.visits,
          words: (
            <Said
              strong={String(one.visits)}
              soft={t("reports.loadWords", { percent: percentOf(one.minutes, one.open_minutes) })}
            />
          ),
          to: leads({ status: ["booked", "done"], professional: one.professional_id }),
        }))}
      />
    </ChartCard>
  );
}
