import { zodResolver } from "@hookform/resolvers/zod";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { PlaceInput } from "@/domain/PlaceInput";
import { TradeChips } from "@/domain/TradeChips";
import { useRefusalWords } from "@/i18n/refusals";
import { Refusal } from "@/lib/refusal";
import { z } from "@/lib/zod";
import { useBusiness, usePlaybook } from "@/session/business";
import { Button } from "@/ui/Button";
import { Field, Input } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { Group } from "./parts";

const Draft = z.object({
  name: z.string().trim().min(1).max(120),
  phone: z.string().trim().min(1).max(40),
  trades: z.array(z.string()).min(1),
  base_locality: z.string().trim(),
  radius_km: z
    .string()
    .trim()
    .regex(/^$|^([1-9]\d?|[1-4]\d\d|500)$/),
});
type Draft = z.infer<typeof Draft>;
const EMPTY: Draft = { name: "", phone: "", trades: [], base_locality: "", radius_km: "20" };
const FORM = "new-professional";

/** Somebody joins; hours, prices and the rest are filled in afterwards. */
export function NewProfessional({ onClose, onMade }: { onClose: () => void; onMade: (id: number) => void }) {
  const { t } = useTranslation();
  const { slug } = useBusiness();
  const { trade } = usePlaybook();
  const client = useQueryClient();
  const words = useRefusalWords();
  const [general, setGeneral] = useState<Refusal | null>(null);
  // Where there is one trade only it is chosen already.
  const trades = trade ? [trade] : [];
  const form = useForm<Draft>({ resolver: zodResolver(Draft), defaultValues: { ...EMPTY, trades } });
  const { errors } = form.formState;

  const make = useMutation({
    mutationFn: ({ base_locality, radius_km, ...draft }: Draft) =>
      told(
        api.POST("/api/businesses/{slug}/professionals", {
          params: { path: { slug } },
          body: {
            ...draft,
            localities: [],
            ...(base_locality ? { base_locality } : {}),
            ...(base_locality && radius_km ? { radius_km: Number(radius_km) } : {}),
          },
        }),
      ),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: [slug, "professionals"] });
      say(t("professionals.made"));
      onMade(made.id);
    },
    onError: (error) => {
      if (!(error instanceof Refusal)) throw error;
      const field = error.code === "phone_taken" ? "phone" : error.params.field;
      const known = error.code === "phone_taken" || error.code === "bad_professional_field";
      if (!known || typeof field !== "string" || !(field in EMPTY)) return setGeneral(error);
      const message =
        error.code === "phone_taken"
          ? words(error)
          : field === "phone"
            ? t("refusals.bad_phone")
            : field === "base_locality"
              ? t("refusals.unknown_place")
              : words(error);
      form.setError(field as keyof Draft, { message });
      form.setFocus(field as keyof Draft);
    },
  });

  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={t("professionals.new")}
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
        <Field label={t("words.field.customer_name")} error={errors.name ? t("common.required") : null}>
          <Input dir="auto" autoComplete="off" maxLength={120} {...form.register("name")} />
        </Field>
        <Field
          label={t("words.field.phone")}
          hint={t("professionals.phoneHint")}
          error={
            errors.phone
              ? errors.phone.type === "too_small"
                ? t("common.required")
                : errors.phone.message
              : null
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
        <Group label={t("professionals.trades")} error={errors.trades ? t("professionals.oneTrade") : null}>
          <Controller
            control={form.control}
            name="trades"
            render={({ field }) => <TradeChips value={field.value} onChange={field.onChange} />}
          />
        </Group>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("professionals.base")}
            hint={t("professionals.baseHint")}
            error={errors.base_locality?.message}
          >
            <Controller
              control={form.control}
              name="base_locality"
              render={({ field: { ref: _, ...field } }) => <PlaceInput {...field} />}
            />
          </Field>
          <Field
            label={`${t("professionals.radius_km")} (${t("professionals.km")})`}
            hint={t("professionals.radius_kmHint")}
            error={errors.radius_km ? t("professionals.between", { least: 1, most: 500 }) : null}
          >
            <Input
              dir="ltr"
              inputMode="numeric"
              className="max-w-28 text-start tabular-nums"
              {...form.register("radius_km")}
            />
          </Field>
        </div>
        <p className="rounded-control bg-sunken p-3 text-ink-soft">{t("professionals.newHint")}</p>
        <Refused error={general} />
      </form>
    </Panel>
  );
}
