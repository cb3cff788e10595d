import { CalendarDays } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayHour } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/Page";
import { WordsLine } from "@/ui/Said";
import type { Visit } from "./api";
import { begun, foldable, momentOf } from "./day";
import { useVisitWords } from "./words";

const TONES: Record<string, Tone> = {
  held: "amber",
  pending: "amber",
  confirmed: "teal",
  done: "green",
  cancelled: "grey",
  no_show: "red",
};
/** Of those that are over, how many stay in sight. */
const KEPT = 1;

/** The day by the hour, with a line where the present is. */
export function VisitsCard({ visits }: { visits: Visit[] }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const words = useVisitWords();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const folded = foldable(visits, now, KEPT);
  const hidden = open ? 0 : folded;
  const line = begun(visits, now);
  return (
    <div id="visits" className="scroll-mt-4">
      <Card
        title={words.title}
        action={
          <Link to={`/b/${slug}/calendar`} className="py-1 text-sm text-accent-text hover:underline">
            {t("today.toCalendar")}
          </Link>
        }
      >
        {visits.length ? (
          <>
            {folded > 0 ? (
              <Button
                look="quiet"
                size="sm"
                aria-expanded={open}
                className="-mx-2.5 mb-1"
                onClick={() => setOpen((before) => !before)}
              >
                {open ? t("today.fewer") : t("today.earlier", { count: folded })}
              </Button>
            ) : null}
            <ol className="-mx-4">
              {visits.map((visit, index) =>
                index < hidden ? null : (
                  <VisitRow key={visit.id} visit={visit} now={now} line={line === index && index > 0} />
                ),
              )}
            </ol>
          </>
        ) : (
          <div className="flex items-center gap-3 text-ink-soft">
            <CalendarDays className="size-6 shrink-0" />
            <p>
              <span className="font-bold text-ink">{words.none}</span>
              <br />
              {words.noneWords}
            </p>
          </div>
        )}
      </Card>
    </div>
  );
}

function VisitRow({ visit, now, line }: { visit: Visit; now: Date; line: boolean }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { zone } = useWhen();
  const moment = momentOf(visit, now);
  const place = [visit.locality, visit.address].filter(Boolean).join(", ");
  return (
    <li>
      {line ? <NowLine now={now} /> : null}
      <Link
        to={`/b/${slug}/leads/${visit.lead_id}`}
        className={cn(
          "flex gap-3 border-s-2 border-transparent px-4 py-2 hover:bg-sunken focus-visible:-outline-offset-2",
          moment === "now" && "border-accent bg-accent-soft hover:bg-accent-soft",
        )}
      >
        <span className="flex w-11 shrink-0 flex-col tabular-nums">
          <span className={cn("font-bold", moment === "past" && "font-normal text-ink-soft")}>
            {sayHour(visit.starts_at, zone)}
          </span>
          <span className="text-xs text-ink-soft">{sayHour(visit.ends_at, zone)}</span>
        </span>
        <span className="min-w-0 grow">
          <span className="flex items-start gap-2">
            <WordsLine className="min-w-0 grow font-medium">{visit.name || t("today.nameless")}</WordsLine>
            {moment === "now" && visit.status === "confirmed" ? (
              <Badge tone="teal">{t("today.going")}</Badge>
            ) : (
              <Badge tone={TONES[visit.status] ?? "grey"}>{t(`words.booking.${visit.status}`)}</Badge>
            )}
          </span>
          <span className="flex gap-1.5 text-sm text-ink-soft">
            <bdi className="max-w-1/2 shrink-0 truncate">{visit.professional}</bdi>
            {place ? (
              <>
                <span aria-hidden>·</span>
                <WordsLine className="min-w-0">{place}</WordsLine>
              </>
            ) : null}
          </span>
        </span>
      </Link>
    </li>
  );
}

function NowLine({ now }: { now: Date }) {
  const { t } = useTranslation();
  const { zone } = useWhen();
  return (
    <p className="flex items-center gap-2 px-4 py-0.5 text-xs font-bold text-red tabular-nums">
      {t("today.now", { hour: sayHour(now, zone) })}
      <span aria-hidden className="h-px grow bg-red" />
    </p>
  );
}
