import { useTranslation } from "react-i18next";
import { useBusiness } from "@/session/business";

/** An agency's visits are meetings. */
export function useVisitWords() {
  const { t } = useTranslation();
  const kind = useBusiness().playbook === "real_estate" ? "meetings" : "visits";
  return {
    booked: t(`reports.${kind}.booked`),
    done: t(`reports.${kind}.done`),
    byDay: t(`reports.${kind}.byDay`),
    byWeek: t(`reports.${kind}.byWeek`),
    column: t(`reports.column.${kind}`),
  };
}
