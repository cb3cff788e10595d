import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, type Schemas, told } from "@/api/client";
import { isConflict } from "@/lib/refusal";
import { sayMinute } from "@/lib/time";
import { useBusiness } from "@/session/business";
import { useTouched } from "@/session/touched";
import { Field, Input } from "@/ui/Field";
import { Card } from "@/ui/Page";
import { When } from "@/ui/Said";
import { Switch } from "@/ui/Switch";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { Intro, SaveBar, WithSettings } from "./parts";

type Sweep = Schemas["SweepOut"];
type Run = Schemas["LastRunOut"];
type Own = Record<Sweep["name"], { on: boolean; minutes: number }>;

export function Sweeps() {
  return <WithSettings>{(settings) => <SweepsForm settings={settings} />}</WithSettings>;
}

/** How often what was left lying is looked for, and what is not looked for at all. */
function SweepsForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const runs = useRuns();
  const stored = Object.fromEntries(
    settings.sweeps.map(({ name, on, minutes }) => [name, { on, minutes }]),
  ) as Own;
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    "settings.sweeps",
    stored,
    settings.version,
  );
  const conflict = isConflict(edit.error);
  const save = () =>
    edit.mutate(
      { sweeps: { ...stored, ...touched }, version: versionFor(edit.error) },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Intro>{t("settings.sweeps.intro")}</Intro>
      <Card title={t("settings.sweeps.title")}>
        <ul className="-my-4 divide-y divide-line">
          {settings.sweeps.map((sweep) => (
            <li key={sweep.name} className="flex flex-wrap items-start justify-between gap-4 py-4">
              <div className="min-w-64 grow basis-0">
                {sweep.essential ? (
                  <p className="font-medium">{t(`settings.sweeps.name.${sweep.name}`)}</p>
                ) : (
                  <Switch
                    label={t(`settings.sweeps.name.${sweep.name}`)}
                    checked={values[sweep.name].on}
                    onChange={(on) => change(sweep.name, { ...values[sweep.name], on })}
                  />
                )}
                <p className="max-w-[60ch] text-sm text-ink-soft">
                  {t(`settings.sweeps.does.${sweep.name}`)}
                </p>
                <LastRun run={runs?.find((run) => run.sweep === sweep.name)} known={Boolean(runs)} />
                {conflict && isOvertaken(sweep.name) ? (
                  <p className="text-sm text-ink-soft">
                    {t("settings.storedNow", {
                      value: sweep.daily ? sayMinute(sweep.minutes) : sweep.minutes,
                    })}
                  </p>
                ) : null}
              </div>
              <Time
                sweep={sweep}
                minutes={values[sweep.name].minutes}
                onChange={(minutes) => change(sweep.name, { ...values[sweep.name], minutes })}
              />
            </li>
          ))}
        </ul>
      </Card>
      <SaveBar dirty={dirty} edit={edit} onCancel={clear} />
    </form>
  );
}

/** The last run of each, and anew every minute. */
function useRuns() {
  const { slug } = useBusiness();
  return useQuery({
    queryKey: [slug, "sweeps"],
    queryFn: () => told(api.GET("/api/businesses/{slug}/sweeps", { params: { path: { slug } } })),
    refetchInterval: 60_000,
  }).data;
}

/** When it was last looked, and what was found. */
function LastRun({ run, known }: { run: Run | undefined; known: boolean }) {
  const { t } = useTranslation();
  if (!known) return null;
  if (!run) return <p className="text-sm text-ink-soft">{t("settings.sweeps.never")}</p>;
  return (
    <p className="flex flex-wrap gap-x-2 text-sm text-ink-soft">
      <span>
        {t("settings.sweeps.last")} <When at={run.ended_at} />
      </span>
      {run.found ? <span>{t("settings.sweeps.found", { count: run.found })}</span> : null}
      {run.failed ? (
        <span className="text-red">{t("settings.sweeps.failed", { count: run.failed })}</span>
      ) : null}
    </p>
  );
}

interface TimeProps {
  sweep: Sweep;
  minutes: number;
  onChange: (minutes: number) => void;
}

/** Minutes between two runs, or the hour of the day. */
function Time({ sweep, minutes, onChange }: TimeProps) {
  const { t } = useTranslation();
  const name = t(`settings.sweeps.name.${sweep.name}`);
  if (sweep.daily)
    return (
      <Field
        className="w-44"
        label={<Named words={t("settings.sweeps.at")} name={name} />}
        hint={hint(sayMinute(sweep.least), sayMinute(sweep.most))}
      >
        <Input
          type="time"
          required
          min={sayMinute(sweep.least)}
          max={sayMinute(sweep.most)}
          className="max-w-36 tabular-nums"
          value={sayMinute(minutes)}
          onChange={(event) => {
            const [hour, minute] = event.target.value.split(":").map(Number);
            if (hour !== undefined && minute !== undefined) onChange(hour * 60 + minute);
          }}
        />
      </Field>
    );
  return (
    <Field
      className="w-44"
      label={<Named words={t("settings.sweeps.every")} name={name} />}
      hint={hint(sweep.least, sweep.most)}
    >
      <Input
        type="number"
        required
        min={sweep.least}
        max={sweep.most}
        className="max-w-32 tabular-nums"
        value={Number.isNaN(minutes) ? "" : minutes}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </Field>
  );
}

/** Whose it is stands beside it; who does not see that hears it. */
function Named({ words, name }: { words: string; name: string }) {
  return (
    <>
      {words}
      <span className="sr-only">: {name}</span>
    </>
  );
}

const hint = (least: number | string, most: number | string) => `${least}–${most}`;
