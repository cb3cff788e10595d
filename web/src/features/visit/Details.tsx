import { CalendarDays, MapPin, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayDay, sayExactly, sayHour, wallOf } from "@/lib/time";
import { Words } from "@/ui/Said";
import type { Visit } from "./api";

/** When, with whom and where. */
export function Details({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const now = useNow();
  const off = visit.status === "cancelled" || visit.status === "no_show";
  const day = sayDay(wallOf(visit.starts_at, zone).date, { today: wallOf(now, zone).date, language });
  return (
    <dl className="flex flex-col gap-4 rounded-card bg-sunken p-4">
      <Row icon={<CalendarDays aria-hidden className="size-5" />} words={t("visit.when")}>
        <time
          dateTime={visit.starts_at}
          title={sayExactly(visit.starts_at, zone, language)}
          className={cn("text-xl font-bold tabular-nums", off && "font-medium text-ink-soft line-through")}
        >
          {day} <bdi dir="ltr">{`${sayHour(visit.starts_at, zone)}–${sayHour(visit.ends_at, zone)}`}</bdi>
        </time>
        {visit.expected_at ? (
          <p className="mt-1 font-medium">
            {t("visit.expected", { time: sayHour(visit.expected_at, zone) })}
          </p>
        ) : null}
      </Row>
      {visit.professional ? (
        <Row icon={<UserRound aria-hidden className="size-5" />} words={t("visit.with")}>
          <Words className="text-lg">{visit.professional}</Words>
        </Row>
      ) : null}
      {visit.address ? (
        <Row icon={<MapPin aria-hidden className="size-5" />} words={t("visit.where")}>
          <Words className="text-lg">{visit.address}</Words>
          {off ? null : (
            <a
              href={`https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(visit.address)}`}
              target="_blank"
              rel="noreferrer"
              className="block w-fit py-0.5 text-accent-text underline"
            >
              {t("visit.map")}
            </a>
          )}
        </Row>
      ) : null}
    </dl>
  );
}

function Row({ icon, words, children }: { icon: ReactNode; words: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[20px_1fr] gap-x-3">
      <dt className="col-span-2 grid grid-cols-subgrid items-center text-sm text-ink-soft">
        {icon}
        {words}
      </dt>
      <dd className="col-start-2 min-w-0">{children}</dd>
    </div>
  );
}
