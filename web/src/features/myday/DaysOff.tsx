import { CalendarOff, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWhen } from "@/lib/clock";
import { addDays, sayDay } from "@/lib/time";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { useSayRefusal } from "@/ui/Refused";
import { sayUndoable } from "@/ui/toast";
import { useGiveUpDayOff, useTakeDayOff } from "./api";

const FARTHEST_DAYS = 400;

/** Days on which nothing more is booked. Each can be taken back, and what was taken back be taken again. */
export function DaysOff({ days, today }: { days: string[]; today: string }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const sayRefusal = useSayRefusal();
  const take = useTakeDayOff();
  const giveUp = useGiveUpDayOff();
  const [date, setDate] = useState("");
  const [fault, setFault] = useState<"dateMissing" | "datePast" | "dateTaken" | null>(null);
  const nameOf = (day: string) => sayDay(day, { today, language });
  const latest = addDays(today, FARTHEST_DAYS);

  const takeOff = (day: string) =>
    take.mutateAsync(day).then(({ visits }) => {
      const words = visits
        ? t("myDay.keptVisits", { day: nameOf(day), count: visits })
        : t("myDay.tookOff", { day: nameOf(day) });
      setDate("");
      sayUndoable(words, t("common.undo"), () => void giveUp.mutateAsync(day).catch(sayRefusal));
    }, sayRefusal);
  const workAfterAll = (day: string) =>
    giveUp
      .mutateAsync(day)
      .then(
        () =>
          sayUndoable(
            t("myDay.gaveUp", { day: nameOf(day) }),
            t("common.undo"),
            () => void take.mutateAsync(day).catch(sayRefusal),
          ),
        sayRefusal,
      );

  const add = () => {
    const found = !date
      ? "dateMissing"
      : date < today || date > latest
        ? "datePast"
        : days.includes(date)
          ? "dateTaken"
          : null;
    setFault(found);
    if (found) return;
    void takeOff(date);
  };

  return (
    <section aria-labelledby="my-days-off">
      <h2 id="my-days-off" className="mb-2 text-lg font-bold">
        {t("myDay.daysOff")}
      </h2>
      <div className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
        <p className="text-ink-soft">{days.length ? t("myDay.daysOffWords") : t("myDay.noDaysOff")}</p>
        {days.length ? (
          <ul className="flex flex-wrap gap-2">
            {days.map((day) => (
              <li
                key={day}
                className="inline-flex h-10 items-center gap-1.5 rounded-full bg-grey-soft ps-3 pe-1 tabular-nums"
              >
                <CalendarOff aria-hidden className="size-4 text-ink-soft" />
                {nameOf(day)}
                <button
                  type="button"
                  aria-label={t("myDay.workAfterAll", { day: nameOf(day) })}
                  disabled={giveUp.isPending}
                  onClick={() => void workAfterAll(day)}
                  className="grid size-8 place-items-center rounded-full hover:bg-surface"
                >
                  <X className="size-4" />
                </button>
              </li>
            ))}
          </ul>
        ) : null}
        <Form noValidate className="flex items-start gap-2" onSend={add}>
          <Field
            label={t("myDay.date")}
            silent
            error={fault ? t(`myDay.${fault}`) : null}
            className="min-w-0 grow"
          >
            <Input
              type="date"
              className="h-11"
              min={today}
              max={latest}
              value={date}
              onChange={(event) => {
                setDate(event.target.value);
                setFault(null);
              }}
            />
          </Field>
          <Button type="submit" className="h-11" busy={take.isPending}>
            {t("myDay.takeOff")}
          </Button>
        </Form>
      </div>
    </section>
  );
}
