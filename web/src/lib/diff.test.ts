import { expect, test } from "vitest";
import { type DiffLine, diffLines, foldSame } from "./diff";

const SIGNS = { same: " ", added: "+", removed: "-" };
const told = (lines: DiffLine[]) => lines.map((line) => `${SIGNS[line.kind]}${line.text}`);
const diff = (before: string, after: string) => told(diffLines(before, after));

test("the same text has only lines that stayed", () => {
  expect(diff("א\nב", "א\nב")).toEqual([" א", " ב"]);
  expect(diff("", "")).toEqual([]);
});

test("what was written where there was nothing is new, and the other way around", () => {
  expect(diff("", "א\nב")).toEqual(["+א", "+ב"]);
  expect(diff("א\nב", "")).toEqual(["-א", "-ב"]);
});

test("a changed line goes before it comes", () => {
  expect(diff("א\nב\nג", "א\nבב\nג")).toEqual([" א", "-ב", "+בב", " ג"]);
});

test("a line put in, taken out or moved leaves the others alone", () => {
  expect(diff("א\nג", "א\nב\nג")).toEqual([" א", "+ב", " ג"]);
  expect(diff("א\nב\nג", "א\nג")).toEqual([" א", "-ב", " ג"]);
  expect(diff("א\nב\nג", "ב\nג\nא")).toEqual(["-א", " ב", " ג", "+א"]);
});

test("repeated lines are not counted twice", () => {
  expect(diff("א\nא", "א")).toEqual([" א", "-א"]);
  expect(diff("א\n\nב", "א\n\n\nב")).toEqual([" א", " ", "+", " ב"]);
});

test("ends of lines are not a change", () => {
  expect(diff("א\r\nב", "א\nב")).toEqual([" א", " ב"]);
});

test("both texts can be read back from any comparison, and nothing common is missed", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const text = () => Array.from({ length: random(9) }, () => "abc"[random(3)]);
  for (let round = 0; round < 300; round++) {
    const [before, after] = [text(), text()];
    const lines = diffLines(before.join("\n"), after.join("\n"));
    const of = (not: DiffLine["kind"]) => lines.flatMap((line) => (line.kind === not ? [] : [line.text]));
    expect(of("added")).toEqual(before);
    expect(of("removed")).toEqual(after);
    expect(lines.filter((line) => line.kind === "same").length).toBe(common(before, after));
  }
});

/** By trying everything: the measure for the quick way. */
function common<T>([first, ...rest]: T[], other: T[]): number {
  if (first === undefined) return 0;
  const at = other.indexOf(first);
  const without = common(rest, other);
  return at < 0 ? without : Math.max(without, 1 + common(rest, other.slice(at + 1)));
}

test("texts too long to compare are shown as replaced", () => {
  const many = (word: string) => Array.from({ length: 2100 }, (_, line) => `${word}${line}`).join("\n");
  const lines = diffLines(many("א"), many("ב"));
  expect(lines.filter((line) => line.kind === "removed").length).toBe(2100);
  expect(lines.filter((line) => line.kind === "added").length).toBe(2100);
});

test("long stretches that stayed are folded, single lines are not", () => {
  const before = Array.from({ length: 12 }, (_, line) => `${line}`);
  const after = before.with(5, "x");
  const shown = foldSame(diffLines(before.join("\n"), after.join("\n")));
  expect(shown.map((one) => (one.kind === "folded" ? one.lines.length : told([one])[0]))).toEqual([
    3,
    " 3",
    " 4",
    "-5",
    "+x",
    " 6",
    " 7",
    4,
  ]);
  const near = before.slice(0, 6);
  const told2 = foldSame(diffLines(near.join("\n"), near.with(3, "x").join("\n")));
  expect(told2.some((one) => one.kind === "folded")).toBe(false);
});
