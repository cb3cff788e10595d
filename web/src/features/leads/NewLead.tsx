import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { PlaceInput } from "@/domain/PlaceInput";
import { useProfessionals } from "@/domain/professionals";
import { useStages } from "@/domain/stages";
import { TradeOptions } from "@/domain/TradeOptions";
import { useRefusalWords } from "@/i18n/refusals";
import { useKept } from "@/lib/kept";
import type { Refusal } from "@/lib/refusal";
import { useBusiness } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input, Select, Textarea } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { URGENCIES } from "./api";
import { reachable } from "./choose/bulk";
import { Draft, EMPTY, useMakeLead } from "./making";

const FORM = "new-lead";

/** A request that came by other ways is written down by hand. */
export function NewLead({ onClose, onMade }: { onClose: () => void; onMade: (id: number) => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const words = useRefusalWords();
  const { data: professionals = [] } = useProfessionals();
  const { data: stages = [] } = useStages();
  const [general, setGeneral] = useState<Refusal | null>(null);
  const [kept, keep] = useKept<Draft>(`${slug}.lead.new`, EMPTY);
  const form = useForm<Draft>({ resolver: zodResolver(Draft), defaultValues: { ...EMPTY, ...kept } });
  const { errors } = form.formState;
  const [professional, wished] = useWatch({ control: form.control, name: ["professional", "wished"] });
  const trade = useWatch({ control: form.control, name: "trade" });

  const make = useMakeLead(
    (id) => {
      keep(EMPTY);
      onMade(id);
    },
    (refusal) => {
      const field = refusal.params.field;
      if (refusal.code === "bad_lead_field" && typeof field === "string" && field in EMPTY) {
        form.setError(field as keyof Draft, {
          type: "server",
          message: field === "phone" ? t("refusals.bad_phone") : words(refusal),
        });
        form.setFocus(field as keyof Draft);
      } else setGeneral(refusal);
    },
  );
  const known = typeof general?.params.lead_id === "number" ? general.params.lead_id : null;

  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("leads.new")}
      actions={
        <>
          <Button
            onClick={() => {
              keep(EMPTY);
              onClose();
            }}
          >
            {t("common.cancel")}
          </Button>
          <Button look="primary" type="submit" form={FORM} busy={make.isPending}>
            {t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        noValidate
        className="flex flex-col gap-4"
        onChange={() => keep(form.getValues())}
        onSubmit={(event) => {
          setGeneral(null);
          void form.handleSubmit((draft) => {
            if (!draft.professional || draft.wished) make.mutate(draft);
          })(event);
        }}
      >
        <Field
          label={t("words.field.phone")}
          error={
            errors.phone && (errors.phone.type === "server" ? errors.phone.message : t("common.required"))
          }
        >
          <Input
            type="tel"
            dir="ltr"
            inputMode="tel"
            autoComplete="off"
            placeholder="052-123-4567"
            className="text-start"
            {...form.register("phone")}
          />
        </Field>
        <Field label={t("words.field.customer_name")}>
          <Input dir="auto" autoComplete="off" {...form.register("customer_name")} />
        </Field>
        <Field label={t("words.field.trade")} error={errors.trade?.message}>
          <Select {...form.register("trade")}>
            <option value="">{t("leads.notKnownYet")}</option>
            <TradeOptions />
          </Select>
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("words.field.locality")} error={errors.locality?.message}>
            <Controller
              control={form.control}
              name="locality"
              render={({ field }) => (
                <PlaceInput
                  {...field}
                  onChange={(value) => {
                    field.onChange(value);
                    keep(form.getValues());
                  }}
                />
              )}
            />
          </Field>
          <Field label={t("words.field.address")}>
            <Input dir="auto" autoComplete="off" {...form.register("address")} />
          </Field>
        </div>
        <Field label={t("words.field.description")}>
          <Textarea {...form.register("description")} />
        </Field>
        <Field label={t("words.field.urgency")}>
          <Select {...form.register("urgency")}>
            {URGENCIES.map((urgency) => (
              <option key={urgency} value={urgency}>
                {t(`words.urgency.${urgency}`)}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("words.field.wish")}
            error={professional && !wished && form.formState.isSubmitted ? t("leads.hourNeeded") : null}
          >
            <Input type="datetime-local" {...form.register("wished")} />
          </Field>
          <Field label={t("words.field.professional")} hint={t("leads.giveHint")}>
            <Select {...form.register("professional")}>
              <option value="">{t("common.none")}</option>
              {professionals
                .filter((one) => one.active && (!trade || one.trades.includes(trade)))
                .map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
            </Select>
          </Field>
        </div>
        {professional ? null : (
          <Field label={t("words.field.status")}>
            <Select {...form.register("stage")}>
              <option value="">{t("leads.stageByItself")}</option>
              {reachable(stages, []).map((stage) => (
                <option key={`${stage.id ?? stage.kind}`} value={`${stage.id ?? stage.kind}`}>
                  {stage.name}
                </option>
              ))}
            </Select>
          </Field>
        )}
        {general ? (
          <p role="alert" className="flex items-center gap-2 rounded-control bg-red-soft p-3 text-red">
            <span className="grow">{words(general)}</span>
            {known ? (
              <Button size="sm" onClick={() => onMade(known)}>
                {t("leads.openThat")}
              </Button>
            ) : null}
          </p>
        ) : null}
      </form>
    </Panel>
  );
}
