import { useTranslation } from "react-i18next";
import { useBusiness } from "@/session/business";

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
