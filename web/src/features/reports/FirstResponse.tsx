import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { sayDuration } from "@/lib/time";
import { sayCount } from "@/lib/trend";
import { useBusiness } from "@/session/business";
import type { Report } from "./api";
import { type Bar, Bars } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";

export function FirstResponse({ response }: { response: Report["first_response"] }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { language } = useWhen();
  const asked = response.answered + response.unanswered;
  const title = t("reports.firstResponse");
  const say = (seconds: number | null) =>
    seconds === null ? t("reports.notMeasured") : sayDuration(seconds, language);
  const waits: Bar[] = [
    {
      key: "median",
      label: t("reports.median"),
      value: response.median_s ?? 0,
      words: say(response.median_s),
    },
    { key: "p90", label: t("reports.p90"), value: response.p90_s ?? 0, words: say(response.p90_s) },
  ];
  const unanswered = t("reports.ofAll", { part: response.unanswered, whole: sayCount(asked) });
  return (
    <ChartCard
      id="response"
      title={title}
      empty={!asked}
      rows={
        <DataTable
          caption={title}
          heads={[t("reports.column.figure"), t("reports.column.value")]}
          rows={[
            ...waits.map((one) => ({ key: one.key, cells: [one.label, one.words] })),
            { key: "answered", cells: [t("reports.answered"), sayCount(response.answered)] },
            { key: "unanswered", cells: [t("reports.unanswered"), sayCount(response.unanswered)] },
          ]}
        />
      }
    >
      <ul className="-mx-2 flex flex-col gap-3">
        {waits.map((one) => (
          <li key={one.key} className="px-2">
            <p className="flex items-baseline justify-between gap-3">
              <span className="text-ink-soft">{one.label}</span>
              <span className="text-xl font-bold tabular-nums">{one.words}</span>
            </p>
            <span aria-hidden className="mt-1 block h-2">
              <span
                className="block h-full min-w-0.5 rounded-[2px] bg-accent"
                style={{ width: `${response.p90_s ? (100 * one.value) / response.p90_s : 0}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
      <div className="mt-3 border-t border-line pt-2">
        <Bars
          whole={asked}
          bars={[
            {
              key: "unanswered",
              label: t("reports.unanswered"),
              value: response.unanswered,
              parts: [{ value: response.unanswered, fill: "amber" }],
              words: unanswered,
              to: `/b/${slug}/inbox?state=unanswered`,
            },
          ]}
        />
      </div>
    </ChartCard>
  );
}
