import { useTranslation } from "react-i18next";
import { he } from "@/i18n/he";

type Reason = keyof typeof he.words.attention;

/** Why a person is needed, from the code of it. */
export function useAttentionWords(): (reason: string) => string {
  const { t } = useTranslation();
  return (reason) => t(`words.attention.${reason in he.words.attention ? (reason as Reason) : "other"}`);
}
