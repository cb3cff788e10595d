import { useTranslation } from "react-i18next";
import type { Schemas } from "@/api/client";
import { he } from "@/i18n/he";

export type PersonReason = Schemas["PersonReason"];

/** Why a person is needed. */
export function useAttentionWords(): (reason: PersonReason) => string {
  const { t } = useTranslation();
  return (reason) => t(`words.attention.${reason}`);
}

/** The reason that an entry of a timeline holds; one that this page does not know yet is another. */
export const reasonOf = (said: unknown): PersonReason =>
  typeof said === "string" && said in he.words.attention ? (said as PersonReason) : "other";
