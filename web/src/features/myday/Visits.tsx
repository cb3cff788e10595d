import {
  CalendarCheck,
  MapPin,
  MessageSquareText,
  Navigation,
  Phone as PhoneIcon,
  Truck,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { useTradeName } from "@/domain/trades";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { useWhen } from "@/lib/clock";
import { sayDay, sayHour, wallOf } from "@/lib/time";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Phone, Words } from "@/ui/Said";
import type { Visit } from "./api";
import { Progress, Reopening } from "./Progress";
import { Hours } from "./parts";

const TONES: Record<Visit["status"], Tone> = {
  held: "amber",
  pending: "amber",
  confirmed: "teal",
  done: "green",
  cancelled: "grey",
  no_show: "red",
};

export function TodayVisits({ visits }: { visits: Visit[] }) {
  const { t } = useTranslation();
  return (
    <section aria-labelledby="my-today">
      <h2 id="my-today" className="mb-2 text-lg font-bold">
        {t("myDay.today")}
      </h2>
      {visits.length ? (
        <ul className="flex flex-col gap-3">
          {visits.map((visit) => (
            <li key={visit.id}>
              <VisitCard visit={visit} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="flex items-center gap-3 rounded-card border border-line bg-surface p-4 text-ink-soft">
          <CalendarCheck aria-hidden className="size-6 shrink-0" />
          {t("myDay.todayNone")}
        </p>
      )}
    </section>
  );
}

function VisitCard({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const tradeName = useTradeName();
  return (
    <article className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center gap-2">
          <h3 className="me-auto text-xl">
            <Hours from={visit.starts_at} to={visit.ends_at} />
          </h3>
          <UrgencyBadge urgency={visit.urgency} />
          <Standing visit={visit} />
        </div>
        <p className="font-medium">
          <Words>{visit.customer || t("myDay.nameless")}</Words>
          <span className="font-normal text-ink-soft"> · {tradeName(visit.trade)}</span>
        </p>
        {visit.place ? (
          <p className="flex items-start gap-1.5">
            <MapPin aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
            <Words>{visit.place}</Words>
          </p>
        ) : null}
        {visit.description ? (
          <p className="text-ink-soft">
            <Words>{visit.description}</Words>
          </p>
        ) : null}
        <Notes visit={visit} />
        {visit.in_question ? <p className="text-sm text-ink-soft">{t("myDay.inQuestionWords")}</p> : null}
        {visit.on_the_way_at && visit.status === "confirmed" ? (
          <p className="flex items-center gap-1.5 text-sm font-medium text-teal">
            <Truck aria-hidden className="size-4 rtl:-scale-x-100" />
            {t("myDay.setOut", { hour: sayHour(visit.on_the_way_at, zone) })}
          </p>
        ) : null}
      </div>
      {visit.status === "done" ? null : <Ways visit={visit} />}
      {visit.status === "confirmed" ? <Progress visit={visit} /> : null}
      {visit.may_reopen ? <Reopening visit={visit} /> : null}
    </article>
  );
}

/** How the visit stands; one that people must still decide of does not stand as it was booked. */
function Standing({ visit, className }: { visit: Visit; className?: string }) {
  const { t } = useTranslation();
  return (
    <Badge tone={visit.in_question ? "amber" : TONES[visit.status]} className={className}>
      {visit.in_question ? t("myDay.inQuestion") : t(`words.booking.${visit.status}`)}
    </Badge>
  );
}

/** What the customer has said for whoever comes. */
function Notes({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  if (!visit.notes.length) return null;
  return (
    <div className="flex items-start gap-1.5">
      <MessageSquareText aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-soft" />
      <ul aria-label={t("myDay.notes")} className="flex flex-col">
        {visit.notes.map((note) => (
          <li key={note}>
            <Words>{note}</Words>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How to get there and how to ask. */
function Ways({ visit }: { visit: Visit }) {
  const { t } = useTranslation();
  const place = encodeURIComponent(visit.place);
  const outside = { target: "_blank", rel: "noreferrer" };
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-2">
      {visit.place ? (
        <>
          <Button asChild className="h-11 px-2">
            <a
              href={`https://waze.com/ul?q=${place}&navigate=yes`}
              aria-label={t("myDay.wazeTo", { place: visit.place })}
              {...outside}
            >
              <Navigation className="size-4 rtl:-scale-x-100" />
              {t("myDay.waze")}
            </a>
          </Button>
          <Button asChild className="h-11 px-2">
            <a
              href={`https://www.google.com/maps/dir/?api=1&destination=${place}`}
              aria-label={t("myDay.mapsTo", { place: visit.place })}
              {...outside}
            >
              <MapPin className="size-4" />
              {t("myDay.maps")}
            </a>
          </Button>
        </>
      ) : null}
      {visit.phone ? (
        <Button asChild className="h-11 px-2">
          <a
            href={`tel:${visit.phone}`}
            aria-label={t("myDay.callTo", { name: visit.customer || t("myDay.nameless") })}
          >
            <PhoneIcon className="size-4" />
            {t("myDay.call")}
          </a>
        </Button>
      ) : null}
    </div>
  );
}

/** The visits after today, by day. */
export function NextVisits({ visits, today }: { visits: Visit[]; today: string }) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const tradeName = useTradeName();
  const days = new Map<string, Visit[]>();
  for (const visit of visits) {
    const day = wallOf(visit.starts_at, zone).date;
    days.set(day, [...(days.get(day) ?? []), visit]);
  }
  return (
    <section aria-labelledby="my-next">
      <h2 id="my-next" className="mb-2 text-lg font-bold">
        {t("myDay.next")}
      </h2>
      <div className="divide-y divide-line rounded-card border border-line bg-surface">
        {days.size ? null : <p className="p-4 text-ink-soft">{t("myDay.nextNone")}</p>}
        {[...days].map(([day, some]) => (
          <div key={day} className="p-4">
            <h3 className="mb-2 font-bold tabular-nums">{sayDay(day, { today, language })}</h3>
            <ul className="flex flex-col gap-3">
              {some.map((visit) => (
                <li key={visit.id} className="flex gap-3">
                  <Hours from={visit.starts_at} to={visit.ends_at} className="w-24 shrink-0 font-medium" />
                  <div className="min-w-0 grow">
                    <p>
                      <Words>{visit.customer || t("myDay.nameless")}</Words>
                      <span className="text-ink-soft"> · {tradeName(visit.trade)}</span>
                    </p>
                    {visit.place ? <Words className="text-ink-soft">{visit.place}</Words> : null}
                    <Notes visit={visit} />
                    {visit.phone ? (
                      <p>
                        <Phone e164={visit.phone} className="inline-block py-0.5 text-accent-text" />
                      </p>
                    ) : null}
                  </div>
                  {visit.status === "confirmed" && !visit.in_question ? null : (
                    <Standing visit={visit} className="h-fit" />
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
