import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useProfessionals } from "@/domain/professionals";
import { Segments } from "@/ui/Chips";
import { Field, Input, Select } from "@/ui/Field";
import { useAsked } from "./api";
import { MOST_DAYS, type Period, PRESETS, wrongWith } from "./period";

type Choice = `${(typeof PRESETS)[number]}` | "own";

/** Which days, and of whom. */
export function Choices() {
  const { t } = useTranslation();
  const { asked, professionalId, ask, askOf } = useAsked();
  const { data: professionals = [] } = useProfessionals();
  const unknown = professionalId !== null && !professionals.some((one) => one.id === professionalId);
  const choose = (choice: Choice) => {
    const preset = PRESETS.find((days) => String(days) === choice);
    ask(preset ?? { first: asked.first, last: asked.last });
  };
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Segments<Choice>
        label={t("reports.period")}
        value={asked.preset === null ? "own" : `${asked.preset}`}
        onChange={choose}
        options={[
          ...PRESETS.map((days) => ({ value: `${days}` as const, label: t(`reports.days_${days}`) })),
          { value: "own" as const, label: t("reports.own") },
        ]}
      />
      <Field label={t("reports.professional")} silent className="w-full sm:w-52">
        <Select value={professionalId ?? ""} onChange={(event) => askOf(Number(event.target.value) || null)}>
          <option value="">{t("reports.everybody")}</option>
          {unknown ? <option value={professionalId}>{t("reports.unknown")}</option> : null}
          {professionals.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      {asked.preset === null ? <OwnDays period={asked} onChange={ask} /> : null}
    </div>
  );
}

/** Days that make no period stay as written, with what is wrong beside them. */
function OwnDays({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState(period.first);
  const [last, setLast] = useState(period.last);
  useEffect(() => {
    setFirst(period.first);
    setLast(period.last);
  }, [period.first, period.last]);
  const written = { first, last };
  const complete = Boolean(first && last);
  const wrong = complete ? wrongWith(written) : null;
  const set = (next: Period) => {
    setFirst(next.first);
    setLast(next.last);
    if (next.first && next.last && !wrongWith(next)) onChange(next);
  };
  return (
    <div className="flex w-full flex-wrap items-start gap-3">
      <Field label={t("reports.from")}>
        <Input
          type="date"
          min="2000-01-01"
          max="2199-12-31"
          value={first}
          onChange={(event) => set({ first: event.target.value, last })}
        />
      </Field>
      <Field
        label={t("reports.to")}
        error={wrong ? t(`refusals.bad_period_${wrong}`, { most: MOST_DAYS }) : null}
      >
        <Input
          type="date"
          min="2000-01-01"
          max="2199-12-31"
          value={last}
          onChange={(event) => set({ first, last: event.target.value })}
        />
      </Field>
    </div>
  );
}
