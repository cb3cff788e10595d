import { Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { useWhen } from "@/lib/clock";
import { sayDuration } from "@/lib/time";
import { percentOf, sayCount } from "@/lib/trend";
import { useBusiness } from "@/session/business";
import { type Report, useLeadsLink } from "./api";
import { type Bar, Bars, Key } from "./Bars";
import { ChartCard } from "./ChartCard";
import { DataTable } from "./DataTable";
import { useVisitWords } from "./words";

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

export function ByTrade({ rows }: { rows: Report["by_trade"] }) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const leads = useLeadsLink();
  return (
    <Shares
      title={t("reports.byTrade")}
      head={t("reports.column.trade")}
      file="by_trade"
      whole={rows.reduce((sum, one) => sum + one.count, 0)}
      rows={rows.map(({ trade, count }) => ({
        key: trade ?? "",
        name: trade === null ? null : tradeName(trade),
        count,
        to: trade === null ? undefined : leads({ trade, opened: true }),
      }))}
    />
  );
}

/** `whole` is all leads: only the places with the most are told. */
export function ByPlace({ rows, whole }: { rows: Report["by_locality"]; whole: number }) {
  const { t } = useTranslation();
  const leads = useLeadsLink();
  return (
    <Shares
      title={t("reports.byPlace")}
      head={t("reports.column.place")}
      file="by_locality"
      whole={whole}
      rows={rows.map(({ locality, count }) => ({
        key: locality ?? "",
        name: locality,
        count,
        to: locality === null ? undefined : leads({ words: locality, opened: true }),
      }))}
    />
  );
}

interface SharesProps {
  title: string;
  head: string;
  file: "by_trade" | "by_locality";
  whole: number;
  rows: { key: string; name: string | null; count: number; to: string | undefined }[];
}

function Shares({ title, head, file, whole, rows }: SharesProps) {
  const { t } = useTranslation();
  const share = (count: number) => `${percentOf(count, whole)}%`;
  const name = (row: SharesProps["rows"][number]) => <bdi>{row.name ?? t("reports.unknown")}</bdi>;
  return (
    <ChartCard
      title={title}
      file={file}
      empty={!rows.length}
      rows={
        <DataTable
          caption={title}
          heads={[head, t("reports.column.leads"), t("reports.column.share")]}
          rows={rows.map((row) => ({
            key: row.key,
            cells: [name(row), sayCount(row.count), share(row.count)],
          }))}
        />
      }
    >
      <Bars
        bars={rows.map((row) => ({
          key: row.key,
          label: name(row),
          value: row.count,
          words: <Said strong={sayCount(row.count)} soft={share(row.count)} />,
          to: row.to,
        }))}
      />
    </ChartCard>
  );
}

function Said({ strong, soft }: { strong: string; soft: string }) {
  return (
    <>
      <span className="font-bold text-ink">{strong}</span> · {soft}
    </>
  );
}
