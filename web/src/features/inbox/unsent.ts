import { recallMine, rememberMine } from "@/lib/store";

/** Words on their way; tried again with the same key they are said once. */
export interface Saying {
  text: string;
  key: string;
}

const nameOf = (conversationId: number) => `unsent.${conversationId}`;

/** What was sent from this browser and is not known to have arrived: it outlives the page. */
export function listUnsent(conversationId: number): Saying[] {
  try {
    return JSON.parse(recallMine(nameOf(conversationId)) || "[]") as Saying[];
  } catch {
    return [];
  }
}

export const keepUnsent = (conversationId: number, saying: Saying) =>
  write(conversationId, [...listUnsent(conversationId).filter((one) => one.key !== saying.key), saying]);

export const dropUnsent = (conversationId: number, key: string) =>
  write(
    conversationId,
    listUnsent(conversationId).filter((one) => one.key !== key),
  );

const write = (conversationId: number, sayings: Saying[]) =>
  rememberMine(nameOf(conversationId), sayings.length ? JSON.stringify(sayings) : "");

export const draftName = (conversationId: number) => `words.${conversationId}`;

/** Words that could not be sent stand before whatever was typed since. */
export const together = (...texts: string[]) => texts.filter((text) => text.trim()).join("\n");

/** Words that were asked for stand below what was typed, which is not touched. */
export const below = (typed: string, words: string) =>
  typed.trim() ? `${typed.trimEnd()}\n${words}` : words;
