import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { Refusal } from "@/lib/refusal";
import { he } from "./he";

type Code = keyof typeof he.refusals;

/** What was refused, in words that say what to do; of anything else, that it failed. */
export function useRefusalWords(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback(
    (error) => {
      if (!(error instanceof Refusal)) return t("common.failed");
      const { code, params } = error;
      const reason = typeof params.reason === "string" ? `${code}_${params.reason}` : "";
      const known = [reason, code, "unknown"].find((name) => name in he.refusals) as Code;
      return t(`refusals.${known}`, { ...params });
    },
    [t],
  );
}
