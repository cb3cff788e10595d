import { useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api, type Schemas, told } from "@/api/client";
import { isConflict } from "@/lib/refusal";
import { useSettled } from "@/lib/settled";
import { useBusiness, usePlaybook } from "@/session/business";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Field, Form, Input } from "@/ui/Field";
import { Card, Failed } from "@/ui/Page";
import { say } from "@/ui/toast";
import { type Settings, useEditSettings } from "./api";
import { Intro, SaveBar, WithSettings } from "./parts";
import { RelatedTrades } from "./RelatedTrades";

type Weights = Schemas["WeightsOut"];
const PARTS = ["rating", "distance", "load", "fairness", "earliest"] as const;
const PAUSE_MS = 400;
const SHOWN = 8;

export function Dispatch() {
  const { trade } = usePlaybook();
  return (
    <WithSettings>
      {(settings) => (
        <div className="flex flex-col gap-4">
          <DispatchForm settings={settings} />
          {trade ? null : <RelatedTrades settings={settings} />}
        </div>
      )}
    </WithSettings>
  );
}

/** Only proportions matter: weights of any size stand on the sliders as hundredths of the heaviest scale in use. */
function onSliders(weights: Weights): Weights {
  const most = Math.max(1, ...PARTS.map((part) => weights[part]));
  const slid = (part: (typeof PARTS)[number]) => Math.round((weights[part] / most) * 100);
  return {
    rating: slid("rating"),
    distance: slid("distance"),
    load: slid("load"),
    fairness: slid("fairness"),
    earliest: slid("earliest"),
  };
}

const asWeights = (slid: Weights): Weights => ({
  rating: slid.rating / 100,
  distance: slid.distance / 100,
  load: slid.load / 100,
  fairness: slid.fairness / 100,
  earliest: slid.earliest / 100,
});

/** How much each part of the ranking counts, and what that would have changed last month. */
function DispatchForm({ settings }: { settings: Settings }) {
  const { t } = useTranslation();
  const edit = useEditSettings();
  const stored = onSliders(settings.weights);
  const { values, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    "settings.weights",
    stored,
    settings.version,
  );
  const sum = PARTS.reduce((total, part) => total + values[part], 0);
  const share = (part: (typeof PARTS)[number]) => (sum ? Math.round((values[part] / sum) * 100) : 0);
  const conflict = isConflict(edit.error);
  const usual = onSliders(settings.default_weights);
  const isUsual = PARTS.every((part) => values[part] === usual[part]);

  const save = () =>
    edit.mutate(
      { weights: asWeights(values), version: versionFor(edit.error) },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );

  return (
    <Form className="flex flex-col gap-4" onSend={save}>
      <Intro>{t("settings.dispatch.intro")}</Intro>
      <Card
        title={t("settings.dispatch.weights")}
        action={
          isUsual ? null : (
            <Button
              size="sm"
              look="quiet"
              onClick={() => {
                for (const part of PARTS) change(part, usual[part]);
              }}
            >
              <RotateCcw className="size-4" />
              {t("settings.dispatch.usual")}
            </Button>
          )
        }
      >
        <div className="flex flex-col gap-4">
          {PARTS.map((part) => (
            <Field
              key={part}
              label={
                <span className="flex items-baseline justify-between gap-2">
                  {t(`words.parts.${part}`)}
                  <output className="text-base tabular-nums">{share(part)}%</output>
                </span>
              }
              hint={
                conflict && isOvertaken(part)
                  ? t("settings.storedNow", { value: stored[part] })
                  : t(`settings.dispatch.part.${part}`)
              }
            >
              <Slider
                value={values[part]}
                said={`${share(part)}%`}
                onChange={(value) => change(part, value)}
              />
            </Field>
          ))}
          {sum ? null : (
            <p role="alert" className="text-sm text-red">
              {t("settings.dispatch.allZero")}
            </p>
          )}
        </div>
      </Card>
      {dirty && sum ? <Preview weights={asWeights(values)} /> : null}
      <SaveBar dirty={dirty} edit={edit} disabled={!sum} onCancel={clear} />
      {dirty ? null : <p className="text-sm text-ink-soft">{t("settings.dispatch.moveToPreview")}</p>}
    </Form>
  );
}

interface SliderProps {
  value: number;
  said: string;
  onChange: (value: number) => void;
}

function Slider({ value, said, onChange }: SliderProps) {
  return (
    <Input
      type="range"
      min={0}
      max={100}
      step={5}
      value={value}
      aria-valuetext={said}
      className="h-6 border-0 bg-transparent px-0 accent-accent"
      onChange={(event) => onChange(event.target.valueAsNumber)}
    />
  );
}

/** Of last month's leads, those that would have been offered to somebody else first. */
function Preview({ weights }: { weights: Weights }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const [all, setAll] = useState(false);
  const key = JSON.stringify(weights);
  const settled = useSettled(key, PAUSE_MS);
  const preview = useQuery({
    queryKey: [slug, "weights-preview", settled],
    queryFn: () =>
      told(
        api.POST("/api/businesses/{slug}/weights/preview", {
          params: { path: { slug } },
          body: { weights: JSON.parse(settled) as Weights },
        }),
      ),
  });
  const { data } = preview;
  return (
    <Card title={t("settings.dispatch.preview")}>
      {preview.isError ? <Failed error={preview.error} retry={() => void preview.refetch()} /> : null}
      {preview.isPending ? (
        <div role="status" aria-label={t("common.loading")} className="skeleton h-16" />
      ) : null}
      {data && !preview.isError ? (
        <div className="flex flex-col gap-3" aria-busy={settled !== key || preview.isFetching}>
          <p className="text-lg font-medium" aria-live="polite">
            {data.leads
              ? t("settings.dispatch.changed", { changed: data.changed, leads: data.leads })
              : t("settings.dispatch.noLeads")}
          </p>
          {data.examples.length ? (
            <div className="thin-scroll overflow-x-auto">
              <table className="w-full min-w-80 text-start">
                <caption className="sr-only">{t("settings.dispatch.examples")}</caption>
                <thead>
                  <tr className="border-b border-line text-sm text-ink-soft">
                    <th className="py-2 pe-3 text-start font-medium">{t("settings.dispatch.lead")}</th>
                    <th className="py-2 pe-3 text-start font-medium">{t("settings.dispatch.was")}</th>
                    <th className="py-2 text-start font-medium">{t("settings.dispatch.wouldBe")}</th>
                  </tr>
                </thead>
                <tbody className="divide-y divide-line">
                  {data.examples.slice(0, all ? undefined : SHOWN).map((one) => (
                    <tr key={one.lead_id}>
                      <td className="py-2 pe-3">
                        <Link
                          to={`/b/${slug}/leads/${one.lead_id}`}
                          className="text-accent-text tabular-nums hover:underline"
                        >
                          {t("settings.dispatch.leadNumber", { id: one.lead_id })}
                        </Link>
                      </td>
                      <td className="py-2 pe-3">{one.was.name}</td>
                      <td className="py-2 font-medium">{one.would_be.name}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {!all && data.examples.length > SHOWN ? (
                <Button look="quiet" size="sm" className="mt-2" onClick={() => setAll(true)}>
                  {t("settings.dispatch.showMore")}
                </Button>
              ) : null}
              {all && data.changed > data.examples.length ? (
                <p className="mt-2 text-sm text-ink-soft">{t("settings.dispatch.newestOnly")}</p>
              ) : null}
            </div>
          ) : null}
        </div>
      ) : null}
    </Card>
  );
}
