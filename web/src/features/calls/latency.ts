import type { CallDetails } from "./api";

/** "0.9": how long it took until the first sound. */
export const sayLatency = (ms: number) => (ms / 1000).toFixed(1);

/** The one in the middle of all that were measured; null where none was. */
export function usualLatency(turns: Pick<CallDetails["turns"][number], "latency_ms">[]): string | null {
  const measured = turns
    .flatMap(({ latency_ms: ms }) => (ms === null ? [] : [ms]))
    .sort((one, other) => one - other);
  const middle = measured[Math.floor((measured.length - 1) / 2)];
  return middle === undefined ? null : sayLatency(middle);
}
