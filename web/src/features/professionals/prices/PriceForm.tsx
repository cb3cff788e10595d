import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sayRange } from "@/domain/PriceLine";
import type { Professional } from "@/domain/professionals";
import { useTradeName } from "@/domain/trades";
import { useRefusalWords } from "@/i18n/refusals";
import { isConflict, refusalOf } from "@/lib/refusal";
import { useTouched } from "@/session/touched";
import { Button } from "@/ui/Button";
import { Field, Form, Input, Select } from "@/ui/Field";
import { Alert } from "@/ui/Refused";
import { say } from "@/ui/toast";
import { type Price, usePriceChanges } from "../api";
import { agorotOf, shekelsOf } from "./money";

interface Props {
  professional: Professional;
  /** The line that is edited; none for a new one. */
  line?: Price;
  onClose: () => void;
}

interface Typed {
  label: string;
  trade: string;
  from: string;
  to: string;
  own: boolean;
}

/** A line of the price list. Only what was typed is sent; it stays until saved, also over somebody else's newer version. */
export function PriceForm({ professional, line, onClose }: Props) {
  const { t } = useTranslation();
  const tradeName = useTradeName();
  const words = useRefusalWords();
  const { add, edit } = usePriceChanges();
  const [tried, setTried] = useState(false);
  const stored: Typed = {
    label: line?.label ?? "",
    trade: line?.trade ?? professional.trades[0] ?? "",
    from: shekelsOf(line?.from_agorot ?? null),
    to: shekelsOf(line?.to_agorot ?? null),
    own: line ? line.professional_id !== null : true,
  };
  const {
    values: typed,
    touched,
    change,
    clear,
    versionFor,
  } = useTouched(`professional.${professional.id}.price.${line?.id ?? "new"}`, stored, line?.version ?? 0);
  const trades = [...new Set([...professional.trades, ...(line ? [line.trade] : [])])];
  const error = (line ? edit : add).error;
  const refused = refusalOf(error);
  const conflict = isConflict(error);
  const from = agorotOf(typed.from);
  const to = typed.to.trim() ? agorotOf(typed.to) : null;
  const faults = {
    label: typed.label.trim() ? null : t("common.required"),
    from: from === null ? t("professionals.badAmount") : null,
    to:
      typed.to.trim() && to === null
        ? t("professionals.badAmount")
        : to !== null && from !== null && to < from
          ? t("professionals.badRange")
          : null,
  };

  const save = () => {
    setTried(true);
    if (from === null || Object.values(faults).some(Boolean)) return;
    const body = {
      label: typed.label.trim(),
      trade: typed.trade,
      from_agorot: from,
      to_agorot: to,
      professional_id: typed.own ? professional.id : null,
    };
    const done = {
      onSuccess: () => {
        clear();
        say(t("common.saved"));
        onClose();
      },
    };
    if (!line) return add.mutate(body, done);
    // A line of another trade loses the issue it was for, which that trade may not have.
    const issue = body.trade === line.trade ? {} : { issue: null };
    const sent = {
      ...("label" in touched && { label: body.label }),
      ...("trade" in touched && { trade: body.trade, ...issue }),
      ...("from" in touched && { from_agorot: from }),
      ...("to" in touched && { to_agorot: to }),
      ...("own" in touched && { professional_id: body.professional_id }),
    };
    edit.mutate({ id: line.id, version: versionFor(error), ...sent }, done);
  };

  return (
    <Form noValidate className="flex flex-col gap-3 rounded-card bg-sunken p-3" onSend={save}>
      <Field label={t("professionals.priceLabel")} error={tried ? faults.label : null}>
        <Input
          dir="auto"
          autoFocus
          maxLength={200}
          value={typed.label}
          onChange={(event) => change("label", event.target.value)}
        />
      </Field>
      <div className="grid grid-cols-2 items-start gap-3">
        <Amount
          label={t("professionals.priceFrom")}
          error={tried ? faults.from : null}
          value={typed.from}
          onChange={(value) => change("from", value)}
        />
        <Amount
          label={t("professionals.priceTo")}
          hint={t("professionals.priceToHint")}
          error={tried ? faults.to : null}
          value={typed.to}
          onChange={(value) => change("to", value)}
        />
        <Field label={t("words.field.trade")}>
          <Select value={typed.trade} onChange={(event) => change("trade", event.target.value)}>
            {trades.map((key) => (
              <option key={key} value={key}>
                {tradeName(key)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("professionals.priceWhose")}>
          <Select
            value={typed.own ? "own" : "all"}
            onChange={(event) => change("own", event.target.value === "own")}
          >
            <option value="own">{professional.name}</option>
            <option value="all">{t("professionals.wholeBusiness")}</option>
          </Select>
        </Field>
      </div>
      {refused ? (
        <Alert>
          {words(refused)}
          {conflict && line ? (
            <span className="block">
              {t("professionals.theirs", { value: `${line.label} \u2066${sayRange(line)}\u2069` })}
            </span>
          ) : null}
        </Alert>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" size="sm" busy={add.isPending || edit.isPending}>
          {conflict ? t("professionals.saveOver") : t("common.save")}
        </Button>
        <Button
          size="sm"
          onClick={() => {
            clear();
            onClose();
          }}
        >
          {conflict ? t("professionals.keepTheirs") : t("common.cancel")}
        </Button>
      </div>
    </Form>
  );
}

/** "₪250–₪400". */
interface AmountProps {
  label: string;
  hint?: string;
  error: string | null;
  value: string;
  onChange: (value: string) => void;
}

const Amount = ({ value, onChange, ...field }: AmountProps) => (
  <Field {...field}>
    <Input
      dir="ltr"
      inputMode="decimal"
      className="text-start tabular-nums"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </Field>
);
