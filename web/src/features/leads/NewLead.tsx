import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { api, Refusal, told } from "@/api/client";
import { useTrades } from "@/api/vocabulary";
import { useBusiness } from "@/app/session";
import { useRefusalWords } from "@/i18n/refusals";
import { z } from "@/lib/zod";
import { Button } from "@/ui/Button";
import { Field, Input, Select, Textarea } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { PlaceInput } from "@/ui/PlaceInput";
import { say } from "@/ui/toast";
import { URGENCIES, useLeadsChanged } from "./api";

const Draft = z.object({
  phone: z.string().trim().min(1),
  customer_name: z.string(),
  trade: z.string(),
  locality: z.string(),
  address: z.string(),
  description: z.string().max(4000),
  urgency: z.enum(URGENCIES),
});
type Draft = z.infer<typeof Draft>;
const EMPTY: Draft = {
  phone: "",
  customer_name: "",
  trade: "",
  locality: "",
  address: "",
  description: "",
  urgency: "normal",
};
const FORM = "new-lead";

/** A request that came by other ways is written down by hand. */
export function NewLead({ onClose, onMade }: { onClose: () => void; onMade: (id: number) => void }) {
  const { t, i18n } = useTranslation();
  const { slug, playbook } = useBusiness();
  const words = useRefusalWords();
  const changed = useLeadsChanged();
  const { data: trades = [] } = useTrades();
  const [general, setGeneral] = useState<Refusal | null>(null);
  const form = useForm<Draft>({ resolver: zodResolver(Draft), defaultValues: EMPTY });
  const { errors } = form.formState;

  const make = useMutation({
    mutationFn: ({ urgency, ...draft }: Draft) => {
      const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim()));
      return told(
        api.POST("/api/businesses/{slug}/leads", {
          params: { path: { slug } },
          body: { ...given, phone: draft.phone, urgency },
        }),
      );
    },
    onSuccess: (lead) => {
      changed();
      say(t("leads.made"));
      onMade(lead.id);
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) throw error;
      const field = error.params.field;
      if (error.code === "bad_lead_field" && typeof field === "string" && field in EMPTY) {
        form.setError(field as keyof Draft, {
          type: "server",
          message: field === "phone" ? t("refusals.bad_phone") : words(error),
        });
        form.setFocus(field as keyof Draft);
      } else setGeneral(error);
    },
  });
  const known = typeof general?.params.lead_id === "number" ? general.params.lead_id : null;

  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("leads.new")}
      actions={
        <>
          <Button onClick={onClose}>{t("common.cancel")}</Button>
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
        onSubmit={(event) => {
          setGeneral(null);
          void form.handleSubmit((draft) => make.mutate(draft))(event);
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
            {trades
              .filter((trade) => trade.own === (playbook === "real_estate"))
              .map((trade) => (
                <option key={trade.key} value={trade.key}>
                  {i18n.language === "en" ? trade.en : trade.he}
                </option>
              ))}
          </Select>
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("words.field.locality")} error={errors.locality?.message}>
            <Controller
              control={form.control}
              name="locality"
              render={({ field }) => <PlaceInput {...field} />}
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
