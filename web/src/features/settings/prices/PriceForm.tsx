import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { TradeOptions } from "@/domain/TradeOptions";
import { isConflict, refusalOf } from "@/lib/refusal";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Field, Input, Select } from "@/ui/Field";
import { Panel } from "@/ui/Panel";
import { Refused } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type Price, useAct } from "../api";

const FORM = "price";
const NEW_VERSION = 0;

const shekels = (agorot: number | null | undefined) => (agorot == null ? "" : String(agorot / 100));
const agorotOf = (words: string) => (words.trim() ? Math.round(Number(words) * 100) : null);

const valuesOf = (price: Price | null) => ({
  trade: price?.trade ?? "",
  label: price?.label ?? "",
  from: shekels(price?.from_agorot),
  to: shekels(price?.to_agorot),
});
type Values = ReturnType<typeof valuesOf>;

/** A line of the price list. */
export function PriceForm({ price, onClose }: { price: Price | null; onClose: () => void }) {
  const { t } = useTranslation();
  const stored = valuesOf(price);
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    `price.${price?.id ?? "new"}`,
    stored,
    price?.version ?? NEW_VERSION,
  );
  const save = useAct<Values & { version: number }, unknown>(
    "prices",
    (slug, { version, trade, label, from, to }) => {
      // An issue belongs to its trade: with another trade it is one no more.
      const issue = touched.trade === undefined ? {} : { issue: null };
      const body = {
        trade,
        ...issue,
        label: label.trim(),
        from_agorot: agorotOf(from) ?? 0,
        to_agorot: agorotOf(to),
      };
      return price
        ? told(
            api.PATCH("/api/businesses/{slug}/prices/{price_id}", {
              params: { path: { slug, price_id: price.id } },
              body: { ...body, version },
            }),
          )
        : told(api.POST("/api/businesses/{slug}/prices", { params: { path: { slug } }, body }));
    },
  );
  const refused = refusalOf(save.error);
  const badField = refused?.code === "bad_price" ? refused.params.field : null;
  const conflict = isConflict(save.error);
  const hint = (name: keyof Values) =>
    conflict && isOvertaken(name)
      ? t("settings.storedNow", { value: stored[name] || t("common.none") })
      : null;

  return (
    <Panel
      open
      focusFirst
      onClose={onClose}
      title={price ? t("settings.prices.one") : t("settings.prices.new")}
      actions={
        <>
          <Button
            onClick={() => {
              clear();
              onClose();
            }}
          >
            {conflict ? t("settings.keepTheirs") : t("common.cancel")}
          </Button>
          <Button look="primary" type="submit" form={FORM} busy={save.isPending} disabled={!dirty}>
            {conflict ? t("settings.saveOver") : t("common.save")}
          </Button>
        </>
      }
    >
      <form
        id={FORM}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { ...values, version: versionFor(save.error) },
            {
              onSuccess: () => {
                clear();
                say(t("common.saved"));
                onClose();
              },
            },
          );
        }}
      >
        <Field
          label={t("words.field.trade")}
          hint={hint("trade")}
          error={badField === "trade" ? t("settings.prices.badTrade") : null}
        >
          <Select required value={values.trade} onChange={(event) => change("trade", event.target.value)}>
            <option value="">{t("settings.users.choose")}</option>
            <TradeOptions chosen={stored.trade} />
          </Select>
        </Field>
        <Field
          label={t("settings.prices.label")}
          hint={hint("label") ?? t("settings.prices.labelHint")}
          error={badField === "label" ? t("common.required") : null}
        >
          <Input
            dir="auto"
            required
            maxLength={200}
            value={values.label}
            onChange={(event) => change("label", event.target.value)}
          />
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label={t("settings.prices.from")} hint={hint("from")}>
            <Input
              type="number"
              inputMode="decimal"
              required
              min={0}
              max={10_000_000}
              step="any"
              className="tabular-nums"
              value={values.from}
              onChange={(event) => change("from", event.target.value)}
            />
          </Field>
          <Field
            label={t("settings.prices.to")}
            hint={hint("to") ?? t("settings.prices.toHint")}
            error={badField === "to_agorot" ? t("settings.prices.badRange") : null}
          >
            <Input
              type="number"
              inputMode="decimal"
              min={0}
              max={10_000_000}
              step="any"
              className="tabular-nums"
              value={values.to}
              onChange={(event) => change("to", event.target.value)}
            />
          </Field>
        </div>
        {badField && badField !== "issue" ? null : <Refused error={save.error} />}
      </form>
    </Panel>
  );
}
