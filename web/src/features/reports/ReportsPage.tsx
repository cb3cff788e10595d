import { ChartNoAxesColumn } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import { cn } from "@/lib/cn";
import { Button } from "@/ui/Button";
import { Empty, Failed, Page } from "@/ui/Page";
import { type Report, useAsked, useReport } from "./api";
import { LeadsByDay, VisitsByDay } from "./ByDay";
import { Choices } from "./Choices";
import { FirstResponse } from "./FirstResponse";
import { Funnel } from "./Funnel";
import { Acceptance, Load } from "./PerProfessional";
import { Ratings } from "./Ratings";
import { ByPlace, ByTrade } from "./Shares";
import { Summary } from "./Summary";

/** A period in figures, beside the one before it. */
export function ReportsPage() {
  const { t } = useTranslation();
  const { data, error, refetch, isPlaceholderData, isPending } = useReport();
  return (
    <Page title={t("reports.title")} tools={<Choices />}>
      <div
        aria-busy={isPlaceholderData}
        className={cn("relative transition-opacity duration-150", isPlaceholderData && "opacity-60")}
      >
        {error && !isPlaceholderData ? <Failed error={error} retry={() => void refetch()} /> : null}
        {isPending && !error ? <Skeleton /> : null}
        {data && !(error && isPlaceholderData) ? (
          isEmpty(data) ? (
            <Nothing />
          ) : (
            <Figures report={data} />
          )
        ) : null}
      </div>
    </Page>
  );
}

const isEmpty = (report: Report) =>
  !report.totals.leads &&
  !report.totals.booked &&
  !report.ratings.count &&
  !report.acceptance.length &&
  !report.first_response.answered &&
  !report.first_response.unanswered;

function Figures({ report }: { report: Report }) {
  useShownPart();
  return (
    <div className="flex flex-col gap-4">
      <Summary totals={report.totals} former={report.former} />
      <div className="grid gap-4 lg:grid-cols-2">
        <LeadsByDay days={report.leads_by_day} />
        <VisitsByDay days={report.bookings} />
        <Funnel stages={report.funnel} />
        <FirstResponse response={report.first_response} />
        <Acceptance rows={report.acceptance} />
        <div className="flex min-w-0 flex-col gap-4">
          <Ratings ratings={report.ratings} />
          <ByTrade rows={report.by_trade} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Load rows={report.load} />
          <ByPlace rows={report.by_locality} whole={report.totals.leads} />
        </div>
      </div>
    </div>
  );
}

/** The part that the address names comes into sight, once it is there. */
function useShownPart(): void {
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same part may be asked for again
  useEffect(() => {
    if (hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: "start" });
  }, [hash, key]);
}

function Nothing() {
  const { t } = useTranslation();
  const { asked, professionalId, ask } = useAsked();
  return (
    <Empty
      icon={<ChartNoAxesColumn className="size-8" />}
      title={t("reports.empty")}
      action={asked.preset === 90 ? null : <Button onClick={() => ask(90)}>{t("reports.longer")}</Button>}
    >
      {professionalId === null ? t("reports.emptyWords") : t("reports.emptyOf")}
    </Empty>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
      <div className="grid grid-cols-2 gap-2 lg:grid-cols-5">
        {["a", "b", "c", "d", "e"].map((key) => (
          <div key={key} className="skeleton h-24 rounded-card" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="skeleton h-72 rounded-card" />
        ))}
      </div>
    </div>
  );
}
