/** Why the words of a model were not sent, as the trace tells it, taken apart for those who read it. */
export interface Rewritten {
  kind:
    | "lie"
    | "misdated"
    | "prices"
    | "times"
    | "percentages"
    | "links"
    | "numbers"
    | "letters"
    | "silent"
    | "other";
  /** What was claimed: names of effects, prices in shekels, clock times, or what else came from nowhere. */
  what: string[];
}

const split = (list: string | undefined) =>
  (list ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);

const FORMS: [Rewritten["kind"], RegExp][] = [
  ["lie", /^claims (.+) without the effect$/],
  ["misdated", /^claims (.+) at another time than the visit's$/],
  ["prices", /^names prices that are not in the list: \[(.+)]$/],
  ["times", /^names times from nowhere: (.+)$/],
  ["percentages", /^names percentages from nowhere: (.+)$/],
  ["links", /^names links from nowhere: (.+)$/],
  ["numbers", /^names numbers from nowhere: (.+)$/],
  ["letters", /^names letters from nowhere: (.+)$/],
  ["silent", /^(nothing) to say$/],
];

export function readRewritten(reason: string): Rewritten {
  for (const [kind, form] of FORMS) {
    const found = form.exec(reason);
    if (found) return { kind, what: kind === "silent" ? [] : named(kind, split(found[1])) };
  }
  return { kind: "other", what: [] };
}

/** Amounts come in agorot; those that were no amount of shekels come as negative ones, and are left out. */
function named(kind: Rewritten["kind"], what: string[]): string[] {
  if (kind !== "prices") return what;
  return what.flatMap((agorot) => (Number(agorot) >= 0 ? [`₪${Number(agorot) / 100}`] : []));
}

export type Failure = "slow" | "busy" | "limit" | "key" | "unreachable" | "unusable" | "other";

const FAILURES: [Failure, RegExp][] = [
  ["slow", /no answer within|had their time|timed? ?out/i],
  ["limit", /\b429\b|rate.?limit|quota|resource_?exhausted/i],
  ["key", /\b40[13]\b|api.?key|permission|unauthori[sz]ed/i],
  ["busy", /\b5\d\d\b|overloaded|unavailable/i],
  ["unusable", /empty answer|answer ended|unknown tool|no JSON object|UnexpectedModelBehavior|ValueError/],
  ["unreachable", /connect|disconnected|network|ReadError|RemoteProtocol/i],
];

/** What kind of failure a model's request ended with. */
export const readFailure = (said: string): Failure =>
  FAILURES.find(([, form]) => form.test(said))?.[0] ?? "other";
