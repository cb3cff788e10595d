import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { useWhen } from "@/lib/clock";
import { sayPhone } from "@/lib/phone";
import { dayName, sayMinute } from "@/lib/time";
import { useTouched } from "@/session/touched";
import { Button, IconButton } from "@/ui/Button";
import { Field, Form, Input, Select } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { SaveBar, WithSettings } from "./parts";

type List = Required<Schemas["TransferList"]>;
type Person = List["people"][number];

const MOST = 10;
const MIDNIGHT = 24 * 60;
const USUAL = [8 * 60, 18 * 60];
const NOBODY: Person = { name: "", phone_e164: "", always: false };

/** To whom Leah connects callers, and when. */
export function Callers() {
  return <WithSettings>{(settings) => <CallersForm settings={settings} />}</WithSettings>;
}

function CallersForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const stored: List = { hours: {}, people: [], ...settings.transfers };
  const { values, dirty, change, clear, versionFor } = useTouched(
    "settings.callers",
    stored,
    settings.version,
  );
  const save = () =>
    edit.mutate(
      { transfers: values, version: versionFor(edit.error) },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  return (
    <Form onSend={save} className="flex flex-col gap-4">
      <Card
        title={t("settings.phones.callers.title")}
        action={
          <Button
            size="sm"
            disabled={values.people.length >= MOST}
            onClick={() => change("people", [...values.people, NOBODY])}
          >
            <Plus className="size-4" />
            {t("settings.phones.callers.add")}
          </Button>
        }
      >
        <p className="mb-3 max-w-[70ch] text-ink-soft">{t("settings.phones.callers.intro")}</p>
        {values.people.length ? (
          <People people={values.people} onChange={(people) => change("people", people)} />
        ) : (
          <p className="text-ink-soft">{t("settings.phones.callers.none")}</p>
        )}
      </Card>
      {values.people.some(({ always }) => !always) ? (
        <Card title={t("settings.phones.callers.hours")}>
          <p className="mb-3 max-w-[70ch] text-ink-soft">{t("settings.phones.callers.hoursWords")}</p>
          <Hours hours={values.hours} onChange={(hours) => change("hours", hours)} />
        </Card>
      ) : null}
      <SaveBar dirty={dirty} edit={edit} onCancel={clear} />
    </Form>
  );
}

function People({ people, onChange }: { people: Person[]; onChange: (people: Person[]) => void }) {
  const { t } = useTranslation();
  const edit = (at: number, changes: Partial<Person>) =>
    onChange(people.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  const move = (at: number, to: number) => {
    const next = [...people];
    next.splice(to, 0, ...next.splice(at, 1));
    onChange(next);
  };
  return (
    <ol className="flex flex-col divide-y divide-line">
      {people.map((one, at) => (
        <li key={at} className="flex flex-wrap items-end gap-2 py-2.5">
          <Field label={t("settings.phones.callers.name")} className="min-w-32 grow">
            <Input
              dir="auto"
              required
              maxLength={80}
              value={one.name}
              onChange={(event) => edit(at, { name: event.target.value })}
            />
          </Field>
          <Field label={t("settings.phones.callers.phone")} className="w-40">
            <Input
              dir="ltr"
              type="tel"
              required
              maxLength={40}
              value={one.phone_e164.startsWith("+972") ? sayPhone(one.phone_e164) : one.phone_e164}
              onChange={(event) => edit(at, { phone_e164: event.target.value })}
            />
          </Field>
          <Field label={t("settings.phones.callers.when")} className="w-40">
            <Select
              value={one.always ? "always" : "hours"}
              onChange={(event) => edit(at, { always: event.target.value === "always" })}
            >
              <option value="hours">{t("settings.phones.callers.inHours")}</option>
              <option value="always">{t("settings.phones.callers.always")}</option>
            </Select>
          </Field>
          <span className="flex">
            <IconButton
              disabled={at === 0}
              aria-label={t("settings.phones.callers.up", { name: one.name })}
              onClick={() => move(at, at - 1)}
            >
              <ArrowUp className="size-4" />
            </IconButton>
            <IconButton
              disabled={at === people.length - 1}
              aria-label={t("settings.phones.callers.down", { name: one.name })}
              onClick={() => move(at, at + 1)}
            >
              <ArrowDown className="size-4" />
            </IconButton>
            <IconButton
              aria-label={t("settings.phones.callers.remove", { name: one.name })}
              onClick={() => onChange(people.filter((_, index) => index !== at))}
            >
              <Trash2 className="size-4" />
            </IconButton>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** A row for each day of the week; who ticks a day opens it at the usual hours. */
function Hours({ hours, onChange }: { hours: List["hours"]; onChange: (hours: List["hours"]) => void }) {
  const { t } = useTranslation();
  const { language } = useWhen();
  const set = (day: string, spans: number[][]) => {
    const { [day]: _, ...others } = hours;
    onChange(spans.length ? { ...others, [day]: spans } : others);
  };
  return (
    <ul className="flex flex-col gap-1.5">
      {[0, 1, 2, 3, 4, 5, 6].map((weekday) => {
        const day = String(weekday);
        const name = dayName(weekday, language);
        const [first, ...more] = hours[day] ?? [];
        const [start = 0, end = 0] = first ?? [];
        return (
          <li key={day} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1">
            <label className="flex w-28 items-center gap-2">
              <input
                type="checkbox"
                checked={Boolean(first)}
                onChange={(event) => set(day, event.target.checked ? [USUAL] : [])}
              />
              {name}
            </label>
            {first ? (
              <>
                <Clock
                  label={t("settings.phones.callers.opens", { day: name })}
                  minute={start}
                  onChange={(minute) => set(day, [[minute, end], ...more])}
                />
                <span aria-hidden>–</span>
                <Clock
                  label={t("settings.phones.callers.closes", { day: name })}
                  minute={end}
                  onChange={(minute) => set(day, [[start, minute || MIDNIGHT], ...more])}
                />
              </>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

interface ClockProps {
  label: string;
  minute: number;
  onChange: (minute: number) => void;
}

function Clock({ label, minute, onChange }: ClockProps) {
  return (
    <Input
      type="time"
      required
      aria-label={label}
      className="w-28 tabular-nums"
      value={sayMinute(minute % MIDNIGHT)}
      onChange={(event) => {
        const [hours, minutes] = event.target.value.split(":").map(Number);
        if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
      }}
    />
  );
}
