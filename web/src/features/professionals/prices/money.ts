const MOST_AGOROT = 1_000_000_000;

/** Agorot of an amount of shekels as it is typed: "250", "1,200.50"; null when it is none. */
export function agorotOf(typed: string): number | null {
  const match = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(typed.replaceAll(",", "").replace("₪", "").trim());
  if (!match) return null;
  const agorot = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return agorot <= MOST_AGOROT ? agorot : null;
}

export const shekelsOf = (agorot: number | null) => (agorot === null ? "" : String(agorot / 100));
