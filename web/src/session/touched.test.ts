import { expect, test } from "vitest";
import { overtakenOf, type Touched, touch, untouched } from "./touched";

interface Values {
  name: string;
  trades: string[];
  hours: Record<string, number[][]>;
}
const STORED: Values = {
  name: "Dana",
  trades: ["plumber"],
  hours: { "0": [[540, 1020]], "1": [[540, 1020]] },
};
const at = (stored: Values, version: number) => ({ stored, version });
const begun: Touched<Values> = touch(untouched, "trades", ["plumber", "painter"], at(STORED, 3));

test("what is put back as it is stored is touched no more", () => {
  expect(begun).toEqual({
    touched: { trades: ["plumber", "painter"] },
    before: { trades: ["plumber"] },
    since: 3,
  });
  expect(touch(begun, "trades", ["plumber"], at(STORED, 3))).toEqual(untouched);
});

test("a change of other fields overtakes nothing, and the version stays that of the first touch", () => {
  const theirs = { ...STORED, name: "Dana Levi" };
  expect(overtakenOf(begun, theirs)).toEqual([]);
  expect(touch(begun, "name", "D. Levi", at(theirs, 4)).since).toBe(3);
});

test("a list or a week that both have changed is one field: ours is kept whole, and theirs is noticed", () => {
  const hours = {
    "0": [
      [540, 1020],
      [1080, 1200],
    ],
  };
  const ours = touch(begun, "hours", hours, at(STORED, 3));
  const theirs = { ...STORED, trades: ["electrician"], hours: { ...STORED.hours, "2": [[480, 900]] } };
  expect({ ...theirs, ...ours.touched }).toEqual({ name: "Dana", trades: ["plumber", "painter"], hours });
  expect(overtakenOf(ours, theirs)).toEqual(["trades", "hours"]);
});
