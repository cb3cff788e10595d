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
