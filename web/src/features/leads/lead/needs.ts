import type { NeedWord } from "@/domain/needs";

type Kind = NeedWord["kind"];

const MANY = new Set<Kind>(["choices", "trades", "list"]);
const BETWEEN = ", ";

/** A need as a form holds it: one string, in which many values stand side by side. */
export function asTyped(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.map(String).join(BETWEEN) : String(value);
}

/** The values that stand in what was typed. */
export const partsOf = (typed: string) =>
  typed
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

export const joined = (parts: string[]) => parts.join(BETWEEN);

/** What was typed as the server keeps it; null where nothing was. A number that is none is sent as it is, and refused. */
export function asKept(kind: Kind, typed: string): unknown {
  const said = typed.trim();
  if (!said) return null;
  if (MANY.has(kind)) return partsOf(said);
  if (kind === "number") return Number.isFinite(Number(said)) ? Number(said) : said;
  return said;
}

/** A need in the words of the page. */
export function sayNeed(
  need: NeedWord,
  typed: string,
  { language, tradeName }: { language: "he" | "en"; tradeName: (key: string) => string },
): string {
  const word = (key: string) => need.values.find((one) => one.key === key)?.[language] ?? key;
  if (need.kind === "trades") return partsOf(typed).map(tradeName).join(BETWEEN);
  if (need.kind === "choices") return partsOf(typed).map(word).join(BETWEEN);
  if (need.kind === "number" && typed) return Number(typed).toLocaleString("en-US");
  return word(typed);
}
