import { expect, test } from "vitest";
import { usualLatency } from "./latency";

const turns = (...all: (number | null)[]) => all.map((latency_ms) => ({ latency_ms }));

test.each([
  [turns(), null],
  [turns(null, null), null],
  [turns(null, 940), "0.9"],
  [turns(4000, 700, null, 900), "0.9"],
  [turns(0, 2000), "0.0"],
])("the usual one of %j is %s", (measured, said) => {
  expect(usualLatency(measured)).toBe(said);
});
