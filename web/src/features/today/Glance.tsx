import { CalendarClock, CircleAlert, CircleCheck, ListChecks, UserRoundPlus } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayHour, wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import type { Task, Today } from "./api";
import { countNeeds, needsOf } from "./needs";
import { useVisitWords } from "./words";

/** Four numbers that say how the day stands; each leads to what it counts. */
export function Glance({ today, tasks }: { today: Today; tasks: Task[] | undefined }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const now = useNow();
  const words = useVisitWords();
  const needs = countNeeds(needsOf(today));
  const next = today.visits.find((visit) => Date.parse(visit.starts_at) > now.getTime());
  return (
    <nav aria-label={t("today.glance")} className="grid grid-cols-4 gap-2">
      <a href="#needs" className={cn(CELL, needs > 0 && "border-red")}>
        <Count
          icon={
            needs > 0 ? (
              <CircleAlert className="size-4 text-red" />
            ) : (
              <CircleCheck className="size-4 text-green" />
            )
          }
          value={needs}
          className={needs > 0 ? "text-red" : "text-green"}
        />
        {t("today.needs")}
      </a>
      <a href="#visits" className={CELL}>
        <Count icon={<CalendarClock className="size-4" />} value={today.visits.length} />
        {words.short}
        {next ? (
          <span className="tabular-nums">{t("today.nextAt", { hour: sayHour(next.starts_at, zone) })}</span>
        ) : null}
      </a>
      <Link to={`/b/${slug}/leads?order=-created&from=${wallOf(now, zone).date}`} className={CELL}>
        <Count icon={<UserRoundPlus className="size-4" />} value={today.figures.leads_today} />
        {t("today.leadsToday")}
      </Link>
      <a href="#tasks" className={CELL}>
        <Count icon={<ListChecks className="size-4" />} value={tasks?.length} />
        {t("today.tasks")}
      </a>
    </nav>
  );
}

const CELL =
  "flex min-w-0 flex-col gap-0.5 rounded-card border border-line bg-surface px-2 py-2 text-xs text-ink-soft transition-colors duration-150 hover:bg-sunken sm:px-3 sm:text-sm";

function Count({
  icon,
  value,
  className,
}: {
  icon: ReactNode;
  value: number | undefined;
  className?: string;
}) {
  return (
    <span
      className={cn(
        "flex items-center justify-between gap-1 text-xl leading-tight font-bold text-ink tabular-nums sm:text-2xl",
        className,
      )}
    >
      {value ?? <span className="skeleton h-6 w-6" />}
      <span aria-hidden className="text-ink-soft">
        {icon}
      </span>
    </span>
  );
}
