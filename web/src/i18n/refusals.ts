import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Refusal } from "@/lib/refusal";
import { he } from "./he";

type Code = keyof typeof he.refusals;

/** What was refused, in words that say what to do. */
export function useRefusalWords(): (refusal: Refusal) => string {
  const { t } = useTranslation();
  return useCallback(
    (refusal) => {
      const reason =
        typeof refusal.params.reason === "string" ? `${refusal.code}_${refusal.params.reason}` : "";
      const known = [reason, refusal.code, "unknown"].find((code) => code in he.refusals) as Code;
      return t(`refusals.${known}`, { ...refusal.params });
    },
    [t],
  );
}
