import { useTranslation } from "react-i18next";
import { usePlaybook } from "@/session/business";

/** What is booked, by the word that this kind of business has for it. */
export function useVisitWords() {
  const { t } = useTranslation();
  const kind = usePlaybook().appointments;
  return {
    booked: t(`reports.${kind}.booked`),
    done: t(`reports.${kind}.done`),
    byDay: t(`reports.${kind}.byDay`),
    byWeek: t(`reports.${kind}.byWeek`),
    column: t(`reports.column.${kind}`),
  };
}
