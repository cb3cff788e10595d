import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { isConflict } from "@/lib/refusal";
import { sayMinute } from "@/lib/time";
import { useTouched } from "@/session/touched";
import { Segments } from "@/ui/Chips";
import { Field, Form, Input } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { Switch } from "@/ui/Switch";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { Intro, SaveBar, WithSettings } from "./parts";

type Policy = Schemas["RestPolicy"];
type Work = Schemas["Work"];

const WORKS: Work[] = ["full", "short", "none"];
const DAYS = ["chol_hamoed", "fasts", "national", "memorial"] as const;
const USUAL_QUIET = { start: 21 * 60, end: 8 * 60 };
const USUAL_EVE_END = 13 * 60;

export function Rest() {
  return <WithSettings>{(settings) => <RestForm settings={settings} />}</WithSettings>;
}

/** What is kept of Shabbat and holidays, and when customers are left alone. */
function RestForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const stored: Policy = { eve_end_minute: null, candle_minutes: null, ...settings.rest };
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    "settings.rest",
    stored,
    settings.version,
  );
  const conflict = isConflict(edit.error);
  const quiet = values.quiet_start_minute !== values.quiet_end_minute;
  const anyShort = DAYS.some((day) => values[day] === "short");

  const save = () =>
    edit.mutate(
      { rest: { ...stored, ...touched }, version: versionFor(edit.error) },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  const storedHint = (name: keyof Policy, said: string) =>
    conflict && isOvertaken(name) ? (
      <p className="text-sm text-ink-soft">{t("settings.storedNow", { value: said })}</p>
    ) : null;
  const yesNo = (on: boolean) => (on ? t("common.yes") : t("common.no"));

  return (
    <Form className="flex flex-col gap-4" onSend={save}>
      <Intro>{t("settings.rest.intro")}</Intro>
      <Card title={t("settings.rest.daysTitle")}>
        <div className="flex flex-col gap-4">
          {(["shabbat", "yom_tov", "emergencies"] as const).map((name) => (
            <Explained
              key={name}
              words={t(
                name === "emergencies"
                  ? "settings.rest.emergenciesWords"
                  : (`settings.rest.${name}Words` as const),
              )}
            >
              <Switch
                label={t(`settings.rest.${name}`)}
                checked={values[name]}
                onChange={(on) => change(name, on)}
              />
              {storedHint(name, yesNo(stored[name]))}
            </Explained>
          ))}
        </div>
      </Card>
      <Card title={t("settings.rest.evesTitle")}>
        <p className="mb-4 max-w-[70ch] text-ink-soft">{t("settings.rest.evesWords")}</p>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Switch
              label={t("settings.rest.eveEnd")}
              checked={values.eve_end_minute !== null}
              onChange={(on) =>
                change("eve_end_minute", on ? (stored.eve_end_minute ?? USUAL_EVE_END) : null)
              }
            />
            {values.eve_end_minute != null ? (
              <Clock
                label={t("settings.rest.eveEndAt")}
                minute={values.eve_end_minute}
                onChange={(minute) => change("eve_end_minute", minute)}
              />
            ) : null}
          </div>
          <Field
            label={t("settings.rest.eveMargin")}
            hint={
              conflict && isOvertaken("eve_margin_minutes")
                ? t("settings.storedNow", { value: stored.eve_margin_minutes })
                : t("settings.rest.eveMarginWords")
            }
          >
            <Input
              type="number"
              required
              min={0}
              max={1440}
              className="max-w-32 tabular-nums"
              value={Number.isNaN(values.eve_margin_minutes) ? "" : values.eve_margin_minutes}
              onChange={(event) => change("eve_margin_minutes", event.target.valueAsNumber)}
            />
          </Field>
        </div>
      </Card>
      <Card title={t("settings.rest.otherTitle")}>
        <div className="flex flex-col gap-4">
          {DAYS.map((day) => (
            <div key={day} className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
              <div className="min-w-52 grow">
                <p className="font-medium">{t(`settings.rest.${day}`)}</p>
                <p className="text-sm text-ink-soft">{t(`settings.rest.${day}Words`)}</p>
                {storedHint(day, t(`settings.rest.work.${stored[day]}`))}
              </div>
              <Segments<Work>
                label={t(`settings.rest.${day}`)}
                value={values[day]}
                onChange={(work) => change(day, work)}
                options={WORKS.map((work) => ({ value: work, label: t(`settings.rest.work.${work}`) }))}
              />
            </div>
          ))}
          {anyShort ? (
            <Clock
              label={t("settings.rest.shortEnd")}
              minute={values.short_end_minute}
              onChange={(minute) => change("short_end_minute", minute)}
            />
          ) : null}
        </div>
      </Card>
      <Card title={t("settings.rest.quietTitle")}>
        <p className="mb-4 max-w-[70ch] text-ink-soft">{t("settings.rest.quietWords")}</p>
        <Switch
          label={t("settings.rest.quiet")}
          checked={quiet}
          onChange={(on) => {
            change("quiet_start_minute", on ? stored.quiet_start_minute || USUAL_QUIET.start : 0);
            change("quiet_end_minute", on ? stored.quiet_end_minute || USUAL_QUIET.end : 0);
          }}
        />
        {quiet ? (
          <div className="mt-4 flex flex-wrap gap-4">
            <Clock
              label={t("settings.rest.quietFrom")}
              minute={values.quiet_start_minute}
              onChange={(minute) => change("quiet_start_minute", minute)}
            />
            <Clock
              label={t("settings.rest.quietUntil")}
              minute={values.quiet_end_minute}
              onChange={(minute) => change("quiet_end_minute", minute)}
            />
          </div>
        ) : null}
      </Card>
      <SaveBar dirty={dirty} edit={edit} onCancel={clear} />
    </Form>
  );
}

function Explained({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div>
      {children}
      <p className="ms-13 max-w-[60ch] text-sm text-ink-soft">{words}</p>
    </div>
  );
}

interface ClockProps {
  label: string;
  minute: number;
  onChange: (minute: number) => void;
}

const MIDNIGHT = 1440;

/** An hour of the day, kept as minutes from midnight; the midnight at its end reads 00:00. */
function Clock({ label, minute, onChange }: ClockProps) {
  return (
    <Field label={label}>
      <Input
        type="time"
        required
        className="max-w-36 tabular-nums"
        value={sayMinute(minute % MIDNIGHT)}
        onChange={(event) => {
          const [hours, minutes] = event.target.value.split(":").map(Number);
          if (hours !== undefined && minutes !== undefined) onChange(hours * 60 + minutes);
        }}
      />
    </Field>
  );
}
