const REASONS = [
  ["noWhatsapp", /no whatsapp|not registered|noaccount|not exist/i],
  ["quota", /quota|466|monthly/i],
  ["signedOut", /not authori[sz]ed|unauthori[sz]ed|401|qr/i],
  ["unreachable", /reach|connect|timed? ?out|unreadable/i],
] as const;

/** Why a message was not sent, by what the provider said of it. */
export const whyOf = (error: string) => REASONS.find(([, words]) => words.test(error))?.[0] ?? "refused";
