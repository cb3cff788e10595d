import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRefusalWords } from "@/i18n/refusals";
import { useNow, useWhen } from "@/lib/clock";
import { cn } from "@/lib/cn";
import { sayDay, sayHour, sayWhen, wallOf } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Form } from "@/ui/Field";
import { Failed } from "@/ui/Page";
import { Alert } from "@/ui/Refused";
import { type FreeTime, useMove, useTimes, type Visit } from "./api";
import { Opened } from "./Opened";

interface Props {
  token: string;
  onClose: () => void;
  onMoved: (visit: Visit) => void;
}

/** An hour is chosen among those at which somebody is free. One that was taken meanwhile is said, with the others. */
export function Move({ token, onClose, onMoved }: Props) {
  const { t } = useTranslation();
  const { zone, language } = useWhen();
  const now = useNow();
  const words = useRefusalWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const times = useTimes(token);
  const move = useMove(token);
  const offered = times.data?.times ?? [];
  const still = offered.some((time) => time.starts_at === chosen) ? chosen : null;
  const taken = move.error?.code === "nobody_fits" || move.error?.code === "slot_taken";

  const submit = () => {
    setMissing(still === null);
    if (still === null) return;
    move.mutate(still, {
      onSuccess: onMoved,
      onError: () => void times.refetch(),
    });
  };

  return (
    <Form className="flex flex-col gap-4 border-t border-line pt-4" onSend={submit}>
      <Opened>{t("visit.moveTitle")}</Opened>
      <p className="text-ink-soft">{t("visit.moveNote")}</p>
      {times.error && !times.data ? <Failed error={times.error} retry={() => void times.refetch()} /> : null}
      {times.isPending ? (
        <div role="status" aria-label={t("common.loading")} className="grid grid-cols-3 gap-2">
          {[1, 2, 3, 4, 5, 6].map((one) => (
            <div key={one} className="skeleton h-11" />
          ))}
        </div>
      ) : null}
      {times.data && !offered.length ? <p className="text-ink-soft">{t("visit.noTimes")}</p> : null}
      {daysOf(offered, zone).map(([day, some]) => (
        <fieldset key={day} className="min-w-0">
          <legend className="mb-1.5 font-medium tabular-nums">
            {sayDay(day, { today: wallOf(now, zone).date, language })}
          </legend>
          <div className="grid grid-cols-3 gap-2">
            {some.map((time) => (
              <label
                key={time.starts_at}
                className={cn(
                  "grid h-11 cursor-pointer place-items-center rounded-control border text-lg tabular-nums transition-colors duration-150 has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent",
                  time.starts_at === still
                    ? "border-accent bg-accent font-bold text-accent-ink"
                    : "border-line-strong/60 hover:border-line-strong",
                )}
              >
                <input
                  type="radio"
                  name="time"
                  className="sr-only"
                  checked={time.starts_at === still}
                  onChange={() => {
                    setChosen(time.starts_at);
                    setMissing(false);
                    move.reset();
                  }}
                />
                {sayHour(time.starts_at, zone)}
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {missing || move.error ? (
        <Alert>
          {missing || !move.error ? t("visit.choose") : taken ? t("visit.takenMeanwhile") : words(move.error)}
        </Alert>
      ) : null}
      <div className="flex flex-col gap-2">
        {offered.length ? (
          <Button type="submit" look="primary" className="h-12 text-lg" busy={move.isPending}>
            {still ? t("visit.moveTo", { when: sayWhen(still, { zone, language, now }) }) : t("visit.choose")}
          </Button>
        ) : null}
        <Button look="quiet" className="h-12 text-lg" onClick={onClose}>
          {t("common.back")}
        </Button>
      </div>
    </Form>
  );
}

/** The times by their days, in order. */
function daysOf(times: FreeTime[], zone: string): [string, FreeTime[]][] {
  const days = new Map<string, FreeTime[]>();
  for (const time of times) {
    const day = wallOf(time.starts_at, zone).date;
    days.set(day, [...(days.get(day) ?? []), time]);
  }
  return [...days];
}
