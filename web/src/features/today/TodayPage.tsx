import { House } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { dayName, wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Empty, Failed, Page } from "@/ui/Page";
import { type Today, useTasks, useToday } from "./api";
import { Glance } from "./Glance";
import { NeedsCard } from "./NeedsCard";
import { needsOf } from "./needs";
import { TasksCard } from "./TasksCard";
import { VisitsCard } from "./VisitsCard";
import { Week } from "./Week";

/** What needs a person, today's visits, and how the week goes; each line one tap from where it is settled. */
export function TodayPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useToday();
  const { data: tasks } = useTasks();
  return (
    <Page title={t("today.title")} actions={<DateOfToday />}>
      {error && !data ? <Failed error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton /> : null}
      {data ? (
        isNew(data) ? (
          <Begin />
        ) : (
          <div className="relative flex flex-col gap-4">
            <Glance today={data} tasks={tasks} />
            <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <NeedsCard today={data} />
              <div className="flex min-w-0 flex-col gap-4">
                <VisitsCard visits={data.visits} />
                <Week figures={data.figures} />
                <TasksCard tasks={tasks} />
              </div>
            </div>
          </div>
        )
      ) : null}
    </Page>
  );
}

const isNew = (today: Today) =>
  !today.visits.length &&
  Object.values(needsOf(today)).every((lines: unknown[]) => !lines.length) &&
  today.figures.per_day.every((day) => day.count === 0) &&
  today.figures.booked_week === 0;

function DateOfToday() {
  const now = useNow();
  const { zone, language } = useWhen();
  const wall = wallOf(now, zone);
  return (
    <time dateTime={wall.date} className="text-ink-soft tabular-nums">
      {dayName(wall.weekday, language)} {wall.day}.{wall.month}
    </time>
  );
}

function Begin() {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  return (
    <Empty
      icon={<House className="size-8" />}
      title={t("today.begin")}
      action={
        <Button asChild look="primary">
          <Link to={`/b/${slug}/simulator`}>{t("today.toSimulator")}</Link>
        </Button>
      }
    >
      {t("today.beginWords")}
    </Empty>
  );
}

function Skeleton() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("common.loading")} className="flex flex-col gap-4">
      <div className="grid grid-cols-4 gap-2">
        {["a", "b", "c", "d"].map((key) => (
          <div key={key} className="skeleton h-20 rounded-card" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="skeleton h-96 rounded-card" />
        <div className="skeleton h-96 rounded-card" />
      </div>
    </div>
  );
}
