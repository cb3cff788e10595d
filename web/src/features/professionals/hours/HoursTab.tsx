import { CalendarOff, Copy, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Professional } from "@/domain/professionals";
import { useWhen } from "@/lib/clock";
import { sayDay } from "@/lib/time";
import { useBusiness, useMay } from "@/session/business";
import { Badge } from "@/ui/Badge";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Chips";
import { Field, Form, Input } from "@/ui/Field";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/Menu";
import { useToday } from "../api";
import type { Draft } from "../draft";
import { type Hours, type Span, WEEKDAYS } from "./hours";
import { Spans } from "./Spans";

interface Props {
  professional: Professional;
  draft: Draft;
  mayEdit: boolean;
}

const WORKDAYS = WEEKDAYS.slice(0, 5);
const NO_SPANS: Span[] = [];

/** The week as it usually is, and the days that are otherwise. */
export function HoursTab({ professional, draft, mayEdit }: Props) {
  const { t } = useTranslation();
  const hours = draft.values.hours;
  const copy = (from: string, to: readonly string[]) =>
    draft.change(
      "hours",
      to.reduce((now, day) => changed(now, day, hours[from] ?? NO_SPANS), hours),
    );
  return (
    <div className="flex flex-col gap-6">
      <section aria-labelledby="usual-week">
        <h3 id="usual-week" className="font-bold">
          {t("professionals.week")}
        </h3>
        <p className="mb-2 text-sm text-ink-soft">{t("professionals.weekHint")}</p>
        <ul className="divide-y divide-line">
          {WEEKDAYS.map((day) => (
            <li key={day} className="flex items-start gap-2 py-1.5">
              <span className="w-16 shrink-0 pt-2 font-medium sm:w-20">{t(`professionals.days.${day}`)}</span>
              <div className="min-w-0 grow">
                <Spans
                  day={t(`professionals.days.${day}`)}
                  spans={hours[day] ?? NO_SPANS}
                  disabled={!mayEdit}
                  onChange={(spans) => draft.change("hours", changed(hours, day, spans))}
                />
              </div>
              {mayEdit ? <CopyDay day={day} copy={(to) => copy(day, to)} /> : null}
            </li>
          ))}
        </ul>
      </section>
      <Exceptions professional={professional} draft={draft} mayEdit={mayEdit} />
    </div>
  );
}

/** A weekday without hours is as one that was never written. */
function changed(hours: Hours, day: string, spans: Span[]): Hours {
  const { [day]: _, ...others } = hours;
  const next = spans.length ? { ...others, [day]: spans } : others;
  return Object.fromEntries(Object.entries(next).sort(([one], [other]) => one.localeCompare(other)));
}

function CopyDay({ day, copy }: { day: string; copy: (to: readonly string[]) => void }) {
  const { t } = useTranslation();
  const others = WEEKDAYS.filter((one) => one !== day);
  return (
    <Menu
      trigger={
        <IconButton aria-label={t("professionals.copyDay", { day: t(`professionals.days.${day as "0"}`) })}>
          <Copy className="size-4" />
        </IconButton>
      }
    >
      <MenuLabel>{t("professionals.copyTo")}</MenuLabel>
      <MenuItem onSelect={() => copy(WORKDAYS)}>{t("professionals.workdays")}</MenuItem>
      <MenuItem onSelect={() => copy(WEEKDAYS)}>{t("professionals.everyDay")}</MenuItem>
      <MenuLine />
      {others.map((other) => (
        <MenuItem key={other} onSelect={() => copy([other])}>
          {t(`professionals.days.${other}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}

const OTHER_HOURS: Span[] = [[9 * 60, 13 * 60]];

function Exceptions({ professional, draft, mayEdit }: Props) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const { slug } = useBusiness();
  const mayReplan = useMay("agent");
  const today = useToday();
  const isOff = (date: string) => (professional.exceptions[date] as unknown[] | undefined)?.length === 0;
  const exceptions = draft.values.exceptions;
  const dates = Object.keys(exceptions)
    .filter((date) => date >= today)
    .sort();
  const set = (date: string, spans: Span[] | null) => {
    const { [date]: _, ...others } = exceptions;
    draft.change("exceptions", sorted(spans === null ? others : { ...others, [date]: spans }));
  };
  return (
    <section aria-labelledby="other-days">
      <h3 id="other-days" className="font-bold">
        {t("professionals.exceptions")}
      </h3>
      <p className="mb-2 text-sm text-ink-soft">{t("professionals.exceptionsHint")}</p>
      {dates.length ? (
        <ul className="mb-3 divide-y divide-line rounded-card border border-line">
          {dates.map((date) => {
            const name = sayDay(date, { today, language });
            const spans = exceptions[date] ?? NO_SPANS;
            return (
              <li key={date} className="flex items-start gap-2 p-2 ps-3">
                <span className="w-20 shrink-0 pt-2 font-medium tabular-nums">{name}</span>
                <div className="min-w-0 grow">
                  {spans.length ? (
                    <Spans
                      day={name}
                      spans={spans}
                      disabled={!mayEdit}
                      onChange={(next) => set(date, next)}
                    />
                  ) : (
                    <Badge className="mt-1.5">
                      <CalendarOff className="size-3.5" />
                      {t("professionals.dayOff")}
                    </Badge>
                  )}
                </div>
                {mayReplan && isOff(date) && !spans.length ? (
                  <Button asChild size="sm">
                    <Link
                      to={`/b/${slug}/calendar?mode=day&professional=${professional.id}&date=${date}&replan=${professional.id}`}
                      aria-label={t("calendar.replan.of", { column: name })}
                    >
                      {t("professionals.replan")}
                    </Link>
                  </Button>
                ) : null}
                {mayEdit ? (
                  <IconButton
                    aria-label={t("professionals.removeException", { day: name })}
                    onClick={() => set(date, null)}
                  >
                    <Trash2 className="size-4" />
                  </IconButton>
                ) : null}
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="mb-3 rounded-control bg-sunken p-3 text-ink-soft">{t("professionals.noExceptions")}</p>
      )}
      {mayEdit ? <NewException today={today} taken={dates} onAdd={set} /> : null}
    </section>
  );
}

const sorted = (hours: Hours): Hours =>
  Object.fromEntries(Object.entries(hours).sort(([one], [other]) => one.localeCompare(other)));

interface NewProps {
  today: string;
  taken: string[];
  onAdd: (date: string, spans: Span[]) => void;
}

function NewException({ today, taken, onAdd }: NewProps) {
  const { t } = useTranslation();
  const [date, setDate] = useState("");
  const [kind, setKind] = useState<"off" | "hours">("off");
  const [fault, setFault] = useState<"past" | "taken" | "missing" | null>(null);
  const add = () => {
    const found = !date ? "missing" : date < today ? "past" : taken.includes(date) ? "taken" : null;
    setFault(found);
    if (found) return;
    onAdd(date, kind === "off" ? [] : OTHER_HOURS);
    setDate("");
  };
  return (
    <Form noValidate className="flex flex-wrap items-end gap-2" onSend={add}>
      <Field
        label={t("professionals.date")}
        error={fault ? t(`professionals.dateFault_${fault}`) : null}
        className="w-40"
      >
        <Input
          type="date"
          min={today}
          value={date}
          onChange={(event) => {
            setDate(event.target.value);
            setFault(null);
          }}
        />
      </Field>
      <Segments
        label={t("professionals.exceptionKind")}
        value={kind}
        onChange={setKind}
        options={[
          { value: "off", label: t("professionals.dayOff") },
          { value: "hours", label: t("professionals.otherHours") },
        ]}
      />
      <Button type="submit">{t("common.add")}</Button>
    </Form>
  );
}
