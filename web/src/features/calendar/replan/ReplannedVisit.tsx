import { Send } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { UrgencyBadge } from "@/domain/UrgencyBadge";
import { useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { wallOf } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { Badge, type Tone } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { When, Words } from "@/ui/Said";
import type { Affected, Asked, Choice } from "./api";
import { keyOf } from "./choosing";

const TONES: Record<Asked["state"], Tone> = {
  waiting: "amber",
  agreed: "teal",
  other: "violet",
  lost: "red",
  moved: "green",
  cancelled: "grey",
};
/** After these answers something else is to be proposed; while none has come it may be. */
const OPEN_AGAIN = new Set<Asked["state"]>(["other", "lost"]);

interface Props {
  visit: Affected;
  chosen: Choice | undefined;
  isGiven: (choice: Choice) => boolean;
  asking: boolean;
  onPick: (choice: Choice) => void;
  onAsk: (choice: Choice, after: () => void) => void;
}

/** One visit of the day: as it stands, what was asked, and who could come instead. */
export function ReplannedVisit({ visit, chosen, isGiven, asking, onPick, onAsk }: Props) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [again, setAgain] = useState(false);
  const { asked } = visit;
  const name = visit.customer ?? t("leads.nameless");
  const choosing = !asked || OPEN_AGAIN.has(asked.state) || (again && asked.state === "waiting");
  return (
    <li className="flex flex-col gap-3 rounded-card border border-line p-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <When at={visit.starts_at} className="font-bold" />
        <Link to={`/b/${slug}/leads/${visit.lead_id}`} className="font-medium hover:underline">
          <Words>{name}</Words>
        </Link>
        <UrgencyBadge urgency={visit.urgency} />
        {visit.address ? <Words className="w-full text-sm text-ink-soft">{visit.address}</Words> : null}
      </div>
      <div aria-live="polite" className="empty:hidden">
        {asked ? <AskedLine asked={asked} /> : null}
      </div>
      {choosing ? (
        <Choices visit={visit} name={name} chosen={chosen} isGiven={isGiven} onPick={onPick} />
      ) : null}
      {choosing && chosen ? (
        <Button
          className="self-start"
          busy={asking}
          disabled={isGiven(chosen)}
          aria-label={t("calendar.replan.askOf", { customer: name })}
          onClick={() => onAsk(chosen, () => setAgain(false))}
        >
          <Send className="size-4 rtl:-scale-x-100" />
          {t("calendar.replan.ask")}
        </Button>
      ) : null}
      {asked?.state === "waiting" && !again && visit.choices.length ? (
        <Button look="quiet" size="sm" className="self-start" onClick={() => setAgain(true)}>
          {t("calendar.replan.again")}
        </Button>
      ) : null}
    </li>
  );
}

function AskedLine({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Badge tone={TONES[asked.state]}>{t(`calendar.replan.state.${asked.state}`)}</Badge>
      <span className="text-sm text-ink-soft">{t(`calendar.replan.stateWords.${asked.state}`)}</span>
      <span className="text-sm">
        <Words>{asked.professional}</Words>, <When at={asked.starts_at} />
      </span>
    </p>
  );
}

function Choices({
  visit,
  name,
  chosen,
  isGiven,
  onPick,
}: Pick<Props, "visit" | "chosen" | "isGiven" | "onPick"> & { name: string }) {
  const { t } = useTranslation();
  const why = useWhy(visit);
  const group = useId();
  if (!visit.choices.length) {
    return <p className="rounded-control bg-amber-soft p-2 text-amber">{t("calendar.replan.nobody")}</p>;
  }
  return (
    <fieldset className="flex flex-col divide-y divide-line rounded-control border border-line">
      <legend className="sr-only">{t("calendar.replan.instead", { customer: name })}</legend>
      {visit.choices.map((choice) => {
        const on = chosen !== undefined && keyOf(chosen) === keyOf(choice);
        const given = isGiven(choice);
        return (
          <label
            key={keyOf(choice)}
            className={cn(
              "flex items-start gap-2.5 px-3 py-2",
              on ? "bg-accent-soft text-accent-text" : "hover:bg-sunken",
              given ? "cursor-not-allowed" : "cursor-pointer",
            )}
          >
            <input
              type="radio"
              name={group}
              checked={on}
              disabled={given && !on}
              onChange={() => onPick(choice)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="flex flex-wrap gap-x-2 font-medium">
                <Words>{choice.professional}</Words>
                <When at={choice.starts_at} />
              </span>
              <span className={cn("block text-sm", on ? "" : "text-ink-soft")}>
                {given ? t("calendar.replan.chosen") : why(choice)}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

/** What speaks for somebody: how near their hour is to the promised one, how far they are, how they are rated. */
function useWhy(visit: Affected): (choice: Choice) => string {
  const { t } = useTranslation();
  const { zone } = useWhen();
  const dayOf = (at: string) => wallOf(at, zone).date;
  return (choice) => {
    const sameHour = Date.parse(choice.starts_at) === Date.parse(visit.starts_at);
    const sameDay = dayOf(choice.starts_at) === dayOf(visit.starts_at);
    return [
      t(`calendar.replan.${sameHour ? "sameHour" : sameDay ? "sameDay" : "otherDay"}`),
      choice.distance_km === null ? null : t("calendar.replan.near", { km: choice.distance_km }),
      choice.rating === null ? null : t("calendar.replan.rating", { rating: choice.rating }),
    ]
      .filter(Boolean)
      .join(" · ");
  };
}
