import { useTranslation } from "react-i18next";
import type { Professional } from "@/domain/professionals";
import { useRefusalWords } from "@/i18n/refusals";
import { isConflict, refusalOf } from "@/lib/refusal";
import { same } from "@/lib/same";
import { useTouched } from "@/session/touched";
import { say } from "@/ui/toast";
import { type ProfessionalEdit, useEditProfessional } from "./api";
import { type Hours, hoursOf, isFaulty, sent } from "./hours/hours";

/** What is edited of a professional; numbers as they are typed. */
export interface Values {
  name: string;
  active: boolean;
  trades: string[];
  localities: string[];
  base_locality: string;
  radius_km: string;
  max_open_jobs: string;
  visit_minutes: string;
  buffer_minutes: string;
  hours: Hours;
  exceptions: Hours;
  prompt: string;
}
export type Name = keyof Values;

const LIMITS = {
  radius_km: [1, 500],
  max_open_jobs: [1, 100],
  visit_minutes: [5, 720],
  buffer_minutes: [0, 240],
} as const;
export type Numeric = keyof typeof LIMITS;
/** What a professional can be without: nothing in the field clears it. */
const CLEARABLE: readonly Name[] = ["base_locality", "radius_km"];
const isNumeric = (name: Name): name is Numeric => name in LIMITS;

export const LONGEST_PROMPT = 4000;

const valuesOf = (one: Professional): Values => ({
  name: one.name,
  active: one.active,
  trades: one.trades,
  localities: one.localities,
  base_locality: one.base_locality ?? "",
  radius_km: one.radius_km === null ? "" : String(one.radius_km),
  max_open_jobs: String(one.max_open_jobs),
  visit_minutes: String(one.visit_minutes),
  buffer_minutes: String(one.buffer_minutes),
  hours: hoursOf(one.hours),
  exceptions: hoursOf(one.exceptions),
  prompt: one.prompt,
});

/** Only what was touched, as the server takes it. */
function editOf(touched: Partial<Values>): Omit<ProfessionalEdit, "version"> {
  const edit: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(touched)) {
    if (CLEARABLE.includes(name as Name) && !(value as string).trim()) edit[name] = null;
    else if (isNumeric(name as Name)) edit[name] = Number(value);
    else if (name === "hours") edit[name] = sent(value as Hours, { keepEmpty: false });
    else if (name === "exceptions") edit[name] = sent(value as Hours, { keepEmpty: true });
    else edit[name] = typeof value === "string" && name !== "prompt" ? value.trim() : value;
  }
  return edit;
}

/**
 * A professional in the middle of being edited, over all tabs. Only what was touched is sent. When somebody else saves
 * meanwhile, their values appear in the fields that were left alone, and what was typed stays until it is saved over
 * the newer version.
 */
export function useDraft(professional: Professional) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const edit = useEditProfessional(professional.id);
  const stored = valuesOf(professional);
  const { values, touched, dirty, change, clear, isOvertaken, versionFor } = useTouched(
    `professional.${professional.id}`,
    stored,
    professional.version,
  );
  const refused = refusalOf(edit.error);
  const conflict = isConflict(edit.error);

  /** What is wrong with a field as it is now; the server's word on it until it changes. */
  const faultOf = (name: Name): string | null => {
    if (!(name in touched)) return null;
    if (CLEARABLE.includes(name) && !(values[name] as string).trim()) return null;
    if (isNumeric(name)) {
      const [least, most] = LIMITS[name];
      const number = Number(values[name]);
      const whole = values[name].trim() !== "" && Number.isInteger(number);
      if (!whole || number < least || number > most) return t("professionals.between", { least, most });
    }
    if (name === "name" && !values.name.trim()) return t("common.required");
    if (name === "trades" && !values.trades.length) return t("professionals.oneTrade");
    if ((name === "hours" || name === "exceptions") && isFaulty(values[name])) return t("refusals.bad_hours");
    const sentValue = (edit.variables as Record<string, unknown> | undefined)?.[name];
    const unchanged = same(sentValue, (editOf({ [name]: values[name] }) as Record<string, unknown>)[name]);
    return refused?.code === "bad_professional_field" && refused.params.field === name && unchanged
      ? t(name === "trades" ? "refusals.bad_professional_field" : "refusals.unknown_place")
      : null;
  };

  const faults = (Object.keys(touched) as Name[]).filter((name) => faultOf(name) !== null);

  const save = () =>
    edit.mutate(
      { ...editOf(touched), version: versionFor(edit.error) },
      {
        onSuccess: () => {
          clear();
          say(t("common.saved"));
        },
      },
    );

  return {
    values,
    change,
    faultOf,
    /** What somebody else has saved in a field that is being edited here. */
    theirs: (name: Name): string | null => {
      const saved = stored[name];
      return conflict && isOvertaken(name) && typeof saved === "string"
        ? t("professionals.theirs", { value: saved || "–" })
        : null;
    },
    faults,
    dirty,
    conflict,
    busy: edit.isPending,
    general: refused && refused.code !== "bad_professional_field" ? words(refused) : null,
    save,
    drop: () => {
      clear();
      edit.reset();
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;
