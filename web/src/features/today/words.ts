import { useTranslation } from "react-i18next";
import { useBusiness } from "@/app/session";
import { he } from "@/i18n/he";

type Reason = keyof typeof he.words.attention;

/** An agency's visits are meetings. */
export function useVisitWords() {
  const { t } = useTranslation();
  const kind = useBusiness().playbook === "real_estate" ? "meetings" : "visits";
  return {
    title: t(`today.${kind}.title`),
    short: t(`today.${kind}.short`),
    none: t(`today.${kind}.none`),
    noneWords: t(`today.${kind}.noneWords`),
    booked: t(`today.${kind}.booked`),
  };
}

export function useReasonWords(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => t(`words.attention.${reason in he.words.attention ? (reason as Reason) : "other"}`);
}
