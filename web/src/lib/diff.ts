import { diffArrays } from "diff";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Beyond this many changed lines a text is shown as wholly replaced: nobody reads such a comparison. */
const MOST_CHANGES = 2000;

/** The lines of both texts in order: what stayed, what went, what came. Of a change, what went stands first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const parts = diffArrays(old, now, { maxEditLength: MOST_CHANGES }) ?? [
    { value: old, removed: true, added: false },
    { value: now, removed: false, added: true },
  ];
  return parts.flatMap(({ value, added, removed }) =>
    value.map((text): DiffLine => ({ kind: added ? "added" : removed ? "removed" : "same", text })),
  );
}

const linesOf = (text: string) => (text ? text.split(/\r?\n/) : []);

export interface Folded {
  kind: "folded";
  lines: DiffLine[];
}

/** Long stretches without a change stand folded between the lines around what changed. */
export function foldSame(lines: DiffLine[], around = 2): (DiffLine | Folded)[] {
  const near = lines.map(() => false);
  lines.forEach((line, index) => {
    if (line.kind === "same") return;
    near.fill(true, Math.max(0, index - around), index + around + 1);
  });
  const shown: (DiffLine | Folded)[] = [];
  let hidden: DiffLine[] = [];
  const flush = () => {
    if (hidden.length > 1) shown.push({ kind: "folded", lines: hidden });
    else shown.push(...hidden);
    hidden = [];
  };
  lines.forEach((line, index) => {
    if (near[index]) {
      flush();
      shown.push(line);
    } else hidden.push(line);
  });
  flush();
  return shown;
}
