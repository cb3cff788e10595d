import { useTranslation } from "react-i18next";
import { type NeedWord, useNeeds } from "@/domain/needs";
import { useTradeChoices, useTradeName } from "@/domain/trades";
import { useLanguage } from "@/i18n/language";
import { cn } from "@/lib/cn";
import { Field, Input, Select } from "@/ui/Field";
import { joined, partsOf, sayNeed } from "./needs";

interface Props {
  /** By the names of the needs; every one of them has an entry. */
  stored: Record<string, string>;
  typed: Record<string, string>;
  onChange: (key: string, typed: string) => void;
  errorOf: (key: string) => string | null;
  /** What somebody else has saved meanwhile in what is edited here. */
  overtaken: (key: string) => string | null;
}

/** What the request tells beyond the common fields: what is known of it, and the rest folded. */
export function NeedFields({ stored, typed, onChange, errorOf, overtaken }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { data: needs = [] } = useNeeds();
  const tradeName = useTradeName();
  // By what is stored: a field that is typed into stays where it is.
  const known = needs.filter((need) => stored[need.key]);
  const rest = needs.filter((need) => !stored[need.key]);
  const field = (need: NeedWord) => {
    const theirs = overtaken(need.key);
    return (
      <NeedField
        key={need.key}
        need={need}
        typed={typed[need.key] ?? ""}
        error={errorOf(need.key)}
        hint={
          theirs === null
            ? null
            : t("leads.theirs", { value: sayNeed(need, theirs, { language, tradeName }) || t("common.none") })
        }
        onChange={(next) => onChange(need.key, next)}
      />
    );
  };
  if (!needs.length) return null;
  return (
    <section
      aria-label={t("words.field.needs")}
      className="flex flex-col gap-3 rounded-control bg-sunken p-3"
    >
      {known.length ? <div className="grid grid-cols-2 gap-3">{known.map(field)}</div> : null}
      <details open={rest.some((need) => typed[need.key]) || undefined}>
        <summary className="w-fit cursor-pointer py-1 text-sm font-medium text-accent-text">
          {t("leads.moreNeeds")}
        </summary>
        <div className="mt-2 grid grid-cols-2 gap-3">{rest.map(field)}</div>
      </details>
    </section>
  );
}

interface FieldProps {
  need: NeedWord;
  typed: string;
  error: string | null;
  hint: string | null;
  onChange: (typed: string) => void;
}

function NeedField({ need, typed, error, hint, onChange }: FieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const trades = useTradeChoices() ?? [];
  const label = need[language];
  if (need.kind === "choices" || need.kind === "trades") {
    const options =
      need.kind === "trades"
        ? trades
        : need.values.map((value) => ({ key: value.key, name: value[language] }));
    const chosen = partsOf(typed);
    return (
      <fieldset className="col-span-full">
        <legend className="mb-1 text-sm font-medium">{label}</legend>
        <div className="flex flex-wrap gap-1.5">
          {options.map((option) => (
            <Toggle
              key={option.key}
              on={chosen.includes(option.key)}
              onChange={(on) =>
                onChange(joined(on ? [...chosen, option.key] : chosen.filter((one) => one !== option.key)))
              }
            >
              {option.name}
            </Toggle>
          ))}
        </div>
        {error || hint ? (
          <p
            role={error ? "alert" : undefined}
            className={cn("text-sm", error ? "text-red" : "text-ink-soft")}
          >
            {error ?? hint}
          </p>
        ) : null}
      </fieldset>
    );
  }
  if (need.kind === "choice") {
    return (
      <Field label={label} error={error} hint={hint}>
        <Select value={typed} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t("leads.notKnownYet")}</option>
          {need.values.map((value) => (
            <option key={value.key} value={value.key}>
              {value[language]}
            </option>
          ))}
        </Select>
      </Field>
    );
  }
  if (need.kind === "day") return <Day {...{ need, typed, error, hint, onChange }} />;
  const number = need.kind === "number";
  const latin = number || need.kind === "phone";
  return (
    <Field
      label={label}
      error={error}
      hint={hint ?? (number && Number(typed) >= 1000 ? Number(typed).toLocaleString("en-US") : null)}
      className={need.kind === "list" ? "col-span-full" : undefined}
    >
      <Input
        type={number ? "number" : need.kind === "phone" ? "tel" : "text"}
        {...(number ? { min: 0, step: 0.5 } : {})}
        dir={latin ? "ltr" : "auto"}
        placeholder={need.kind === "list" ? t("leads.listed") : undefined}
        value={typed}
        onChange={(event) => onChange(event.target.value)}
        className={latin ? "text-end tabular-nums" : undefined}
      />
    </Field>
  );
}

/** A day, or a word that stands in place of one; a month is shown as its first day. */
function Day({ need, typed, error, hint, onChange }: FieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const word = need.values.some((value) => value.key === typed) ? typed : typed ? "on" : "";
  const date = typed.length === 7 ? `${typed}-01` : typed;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <Field label={need[language]} error={error} hint={hint}>
      <Select
        value={word}
        onChange={(event) => onChange(event.target.value === "on" ? today : event.target.value)}
      >
        <option value="">{t("leads.notKnownYet")}</option>
        {need.values.map((value) => (
          <option key={value.key} value={value.key}>
            {value[language]}
          </option>
        ))}
        <option value="on">{t("leads.onDay")}</option>
      </Select>
      {word === "on" ? (
        <input
          type="date"
          aria-label={`${need[language]}: ${t("leads.onDay")}`}
          value={date}
          onChange={(event) => onChange(event.target.value)}
          className="h-9 rounded-control border border-line-strong/60 bg-surface px-2.5"
        />
      ) : null}
    </Field>
  );
}

function Toggle({
  on,
  onChange,
  children,
}: {
  on: boolean;
  onChange: (on: boolean) => void;
  children: string;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onChange(!on)}
      className={cn(
        "min-h-8 rounded-full border px-3 text-sm transition-colors duration-150",
        on
          ? "border-accent bg-accent-soft font-medium text-accent-text"
          : "border-line-strong/60 bg-surface text-ink-soft hover:border-line-strong",
      )}
    >
      {children}
    </button>
  );
}
