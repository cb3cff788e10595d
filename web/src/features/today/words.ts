import { useTranslation } from "react-i18next";
import { usePlaybook } from "@/session/business";

/** What is booked, by the word that this kind of business has for it. */
export function useVisitWords() {
  const { t } = useTranslation();
  const kind = usePlaybook().appointments;
  return {
    title: t(`today.${kind}.title`),
    short: t(`today.${kind}.short`),
    none: t(`today.${kind}.none`),
    noneWords: t(`today.${kind}.noneWords`),
    booked: t(`today.${kind}.booked`),
  };
}
