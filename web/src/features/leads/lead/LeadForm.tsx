import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, told } from "@/api/client";
import { type NeedWord, useNeeds } from "@/domain/needs";
import { PlaceInput } from "@/domain/PlaceInput";
import { TradeOptions } from "@/domain/TradeOptions";
import { useTradeName } from "@/domain/trades";
import { useRefusalWords } from "@/i18n/refusals";
import { isConflict, refusalOf } from "@/lib/refusal";
import { useMay } from "@/session/business";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Field, Form, Input, Select, Textarea } from "@/ui/Field";
import { Refused, useSayRefusal } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type LeadDetail, URGENCIES, type Urgency, useEditLead, useLeadAction } from "../api";
import { NeedFields } from "./NeedFields";
import { asKept, asTyped } from "./needs";

const NO_NEEDS: NeedWord[] = [];
const FIELDS = ["customer_name", "trade", "locality", "address", "description", "urgency"] as const;
type Name = (typeof FIELDS)[number];
type Values = Record<Name | `needs.${string}`, string>;

const valuesOf = (lead: LeadDetail, needs: NeedWord[]): Values => ({
  customer_name: lead.customer_name ?? "",
  trade: lead.trade ?? "",
  locality: lead.locality ?? "",
  address: lead.address ?? "",
  description: lead.description,
  urgency: lead.urgency,
  ...Object.fromEntries(needs.map(({ key }) => [`needs.${key}`, asTyped(lead.needs[key])])),
});

const partOf = (values: Values, needs: NeedWord[]) =>
  Object.fromEntries(needs.map(({ key }) => [key, values[`needs.${key}`] ?? ""]));

/** The needs among what was touched, as the server keeps them. */
function needsOf(touched: Partial<Values>, needs: NeedWord[]) {
  const named = needs.flatMap((need) => {
    const typed = touched[`needs.${need.key}`];
    return typed === undefined ? [] : [[need.key, asKept(need.kind, typed)]];
  });
  return named.length ? { needs: Object.fromEntries(named) as Record<string, unknown> } : {};
}

/**
 * What is known, to be edited. Only what was touched is sent. When somebody else saves meanwhile, their values appear
 * in the fields that were left alone, and what was typed stays until it is saved over the newer version.
 */
export function LeadForm({ lead }: { lead: LeadDetail }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const mayWrite = useMay("agent");
  const tradeName = useTradeName();
  const { data: needs = NO_NEEDS } = useNeeds();
  const edit = useEditLead(lead.id);
  const stored = valuesOf(lead, needs);
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    `lead.${lead.id}`,
    stored,
    lead.version,
  );
  const refused = refusalOf(edit.error);
  const badField = refused?.code === "bad_lead_field" ? refused.params.field : null;
  const conflict = isConflict(edit.error);

  const save = () =>
    edit.mutate(
      {
        ...Object.fromEntries(FIELDS.flatMap((name) => (name in touched ? [[name, touched[name]]] : []))),
        urgency: touched.urgency as Urgency | undefined,
        trade: touched.trade || undefined,
        ...needsOf(touched, needs),
        version: versionFor(edit.error),
      },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );
  const errorOf = (name: Name) => (refused && badField === name ? words(refused) : null);
  /** What somebody else has saved in a field that is being edited here. */
  const theirs = (name: Name) => {
    if (!isOvertaken(name)) return null;
    const { trade, urgency } = stored;
    const said = { ...stored, trade: tradeName(trade), urgency: t(`words.urgency.${urgency as Urgency}`) };
    return t("leads.theirs", { value: said[name] || t("common.none") });
  };

  return (
    <Form className="flex flex-col gap-4" onSend={save}>
      {lead.attention && mayWrite ? <Attended leadId={lead.id} /> : null}
      <fieldset disabled={!mayWrite} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t("words.field.customer_name")}
            error={errorOf("customer_name")}
            hint={theirs("customer_name")}
          >
            <Input
              dir="auto"
              value={values.customer_name}
              onChange={(event) => change("customer_name", event.target.value)}
            />
          </Field>
          <Field label={t("words.field.trade")} error={errorOf("trade")} hint={theirs("trade")}>
            <Select value={values.trade} onChange={(event) => change("trade", event.target.value)}>
              <option value="">{t("leads.notKnownYet")}</option>
              <TradeOptions chosen={lead.trade} />
            </Select>
          </Field>
          <Field label={t("words.field.locality")} error={errorOf("locality")} hint={theirs("locality")}>
            <PlaceInput value={values.locality} onChange={(value) => change("locality", value)} />
          </Field>
          <Field label={t("words.field.address")} error={errorOf("address")} hint={theirs("address")}>
            <Input
              dir="auto"
              value={values.address}
              onChange={(event) => change("address", event.target.value)}
            />
          </Field>
        </div>
        <Field label={t("words.field.description")} hint={theirs("description")}>
          <Textarea
            value={values.description}
            onChange={(event) => change("description", event.target.value)}
          />
        </Field>
        <Field label={t("words.field.urgency")} hint={theirs("urgency")} className="max-w-52">
          <Select value={values.urgency} onChange={(event) => change("urgency", event.target.value)}>
            {URGENCIES.map((urgency) => (
              <option key={urgency} value={urgency}>
                {t(`words.urgency.${urgency}`)}
              </option>
            ))}
          </Select>
        </Field>
      </fieldset>
      <fieldset disabled={!mayWrite}>
        <NeedFields
          stored={partOf(stored, needs)}
          typed={partOf(values, needs)}
          onChange={(key, typed) => change(`needs.${key}`, typed)}
          errorOf={(key) => (refused && badField === `needs.${key}` ? words(refused) : null)}
          overtaken={(key) => (isOvertaken(`needs.${key}`) ? (stored[`needs.${key}`] ?? "") : null)}
        />
      </fieldset>
      {badField ? null : <Refused error={edit.error} />}
      {dirty && mayWrite ? (
        <div className="flex gap-2">
          <Button look="primary" type="submit" busy={edit.isPending}>
            {conflict ? t("leads.saveOver") : t("common.save")}
          </Button>
          <Button
            onClick={() => {
              clear();
              edit.reset();
            }}
          >
            {conflict ? t("leads.keepTheirs") : t("common.cancel")}
          </Button>
        </div>
      ) : null}
    </Form>
  );
}

function Attended({ leadId }: { leadId: number }) {
  const { t } = useTranslation();
  const sayRefusal = useSayRefusal();
  const attended = useLeadAction(leadId, (slug) =>
    told(
      api.POST("/api/businesses/{slug}/leads/{lead_id}/attended", {
        params: { path: { slug, lead_id: leadId } },
      }),
    ),
  );
  return (
    <div className="flex items-center gap-3 rounded-control bg-red-soft p-3">
      <p className="grow text-red">{t("leads.attentionWords")}</p>
      <Button
        size="sm"
        busy={attended.isPending}
        onClick={() => attended.mutate(undefined, { onError: sayRefusal })}
      >
        <Check className="size-4" />
        {t("leads.attended")}
      </Button>
    </div>
  );
}
