import { Plus, Star, X } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { PlaceInput } from "@/domain/PlaceInput";
import type { Professional } from "@/domain/professionals";
import type { ChipsProps } from "@/domain/TradeChips";
import { cn } from "@/lib/cn";
import { Button } from "@/ui/Button";
import { Field, Form } from "@/ui/Field";

/** The average of what customers gave, and of how many; words where there is none. */
export function Rating({ of }: { of: Pick<Professional, "rating_sum" | "rating_count"> }) {
  const { t } = useTranslation();
  if (!of.rating_count) return <span className="text-sm text-ink-soft">{t("professionals.noRating")}</span>;
  const average = (of.rating_sum / of.rating_count).toFixed(1);
  return (
    <span className="inline-flex items-center gap-1 whitespace-nowrap">
      <span className="sr-only">{t("professionals.ratingWords", { average, number: of.rating_count })}</span>
      <Star aria-hidden className="size-4 fill-current text-accent" />
      <span aria-hidden className="font-medium tabular-nums">
        {average}
      </span>
      <span aria-hidden className="text-sm text-ink-soft tabular-nums">
        ({of.rating_count})
      </span>
    </span>
  );
}

interface GroupProps {
  label: string;
  hint?: string;
  error?: string | null;
  children: ReactNode;
}

/** Several controls that are one field. */
export function Group({ label, hint, error, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={error || hint ? id : undefined} className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {children}
      {error || hint ? (
        <p
          id={id}
          role={error ? "alert" : undefined}
          className={cn("mt-1 text-sm", error ? "text-red" : "text-ink-soft")}
        >
          {error || hint}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Places, each with the way to take it out, and a field for one more. */
export function PlaceChips({
  value,
  onChange,
  disabled,
  error,
}: ChipsProps & { error?: string | null | undefined }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const add = () => {
    const place = typed.trim();
    if (!place) return;
    if (!value.includes(place)) onChange([...value, place]);
    setTyped("");
  };
  return (
    <div className="flex flex-col gap-2">
      {value.length ? (
        <ul className="flex flex-wrap gap-1.5">
          {value.map((place) => (
            <li
              key={place}
              className={cn(
                "inline-flex h-8 items-center gap-1 rounded-full bg-grey-soft ps-3 text-sm",
                disabled ? "pe-3" : "pe-1",
              )}
            >
              <span dir="auto">{place}</span>
              {disabled ? null : (
                <button
                  type="button"
                  aria-label={t("professionals.removePlace", { place })}
                  onClick={() => onChange(value.filter((one) => one !== place))}
                  className="grid size-6 place-items-center rounded-full hover:bg-surface"
                >
                  <X className="size-3.5" />
                </button>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {disabled ? null : (
        <Form className="flex items-start gap-2" onSend={add}>
          <Field label={t("professionals.addPlace")} silent className="grow sm:max-w-64" error={error}>
            <PlaceInput value={typed} onChange={setTyped} />
          </Field>
          <Button type="submit" disabled={!typed.trim()}>
            <Plus className="size-4" />
            {t("professionals.addPlace")}
          </Button>
        </Form>
      )}
    </div>
  );
}
