import type { ComponentProps } from "react";
import { useTranslation } from "react-i18next";
import { PlaceInput } from "@/domain/PlaceInput";
import type { Professional } from "@/domain/professionals";
import { TradeChips } from "@/domain/TradeChips";
import { Field, Input } from "@/ui/Field";
import { Phone } from "@/ui/Said";
import { Switch } from "@/ui/Switch";
import type { Draft, Numeric } from "./draft";
import { Group, PlaceChips } from "./parts";

interface Props {
  professional: Professional;
  draft: Draft;
  mayEdit: boolean;
}

/** Who it is, what they do, where, and how much. */
export function ProfileTab({ professional, draft, mayEdit }: Props) {
  const { t } = useTranslation();
  const { values, change, faultOf, theirs } = draft;
  return (
    <div className="flex flex-col gap-5">
      <Switch
        label={t(values.active ? "professionals.isActive" : "professionals.isInactive")}
        checked={values.active}
        disabled={!mayEdit}
        onChange={(active) => change("active", active)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t("words.field.customer_name")} error={faultOf("name")} hint={theirs("name")}>
          <Input
            dir="auto"
            maxLength={120}
            disabled={!mayEdit}
            value={values.name}
            onChange={(event) => change("name", event.target.value)}
          />
        </Field>
        <dl className="flex flex-col gap-1">
          <dt className="text-sm font-medium">{t("words.field.phone")}</dt>
          <dd className="flex h-9 items-center">
            <Phone e164={professional.phone_e164} />
          </dd>
        </dl>
      </div>
      <Group label={t("professionals.trades")} error={faultOf("trades")}>
        <TradeChips
          value={values.trades}
          disabled={!mayEdit}
          onChange={(trades) => change("trades", trades)}
        />
      </Group>
      <section aria-labelledby="professional-area" className="flex flex-col gap-4">
        <h3 id="professional-area" className="border-t border-line pt-4 font-bold">
          {t("professionals.area")}
        </h3>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("professionals.base")}
            error={faultOf("base_locality")}
            hint={theirs("base_locality") ?? t("professionals.baseHint")}
          >
            {mayEdit ? (
              <PlaceInput value={values.base_locality} onChange={(value) => change("base_locality", value)} />
            ) : (
              <Input disabled dir="auto" value={values.base_locality} />
            )}
          </Field>
          <NumberField name="radius_km" unit={t("professionals.km")} draft={draft} disabled={!mayEdit} />
        </div>
        <Group label={t("professionals.places")} hint={t("professionals.placesHint")}>
          <PlaceChips
            value={values.localities}
            disabled={!mayEdit}
            error={faultOf("localities")}
            onChange={(places) => change("localities", places)}
          />
        </Group>
      </section>
      <section aria-labelledby="professional-work">
        <h3 id="professional-work" className="mb-4 border-t border-line pt-4 font-bold">
          {t("professionals.work")}
        </h3>
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField name="max_open_jobs" draft={draft} disabled={!mayEdit} />
          <NumberField
            name="visit_minutes"
            unit={t("professionals.minutes")}
            draft={draft}
            disabled={!mayEdit}
          />
          <NumberField
            name="buffer_minutes"
            unit={t("professionals.minutes")}
            draft={draft}
            disabled={!mayEdit}
          />
        </div>
      </section>
    </div>
  );
}

interface NumberProps extends Pick<ComponentProps<"input">, "disabled"> {
  name: Numeric;
  draft: Draft;
  unit?: string;
}

function NumberField({ name, draft, unit, disabled }: NumberProps) {
  const { t } = useTranslation();
  return (
    <Field
      label={unit ? `${t(`professionals.${name}`)} (${unit})` : t(`professionals.${name}`)}
      error={draft.faultOf(name)}
      hint={draft.theirs(name) ?? t(`professionals.${name}Hint`)}
    >
      <Input
        dir="ltr"
        inputMode="numeric"
        className="max-w-28 text-start tabular-nums"
        disabled={disabled}
        value={draft.values[name]}
        onChange={(event) => draft.change(name, event.target.value)}
      />
    </Field>
  );
}
