import { useTranslation } from "react-i18next";
import type { Message } from "./api";

/** A message in one line: its words, or what it is. */
export function useMessageWords(): (message: Message) => string {
  const { t } = useTranslation();
  return ({ kind, text }) =>
    kind === "text" || kind === "button" ? text : [t(`words.kind.${kind}`), text].filter(Boolean).join(": ");
}
