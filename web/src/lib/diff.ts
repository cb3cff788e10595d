export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
}

/** Beyond this many pairs of lines the middle is shown as wholly replaced: nobody reads such a comparison. */
const MOST_PAIRS = 4_000_000;

/** The lines of both texts in order: what stayed, what went, what came. Of a change, what went stands first. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && old[start] === now[start]) start++;
  let end = 0;
  while (end < least - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  return [
    ...marked("same", old.slice(0, start)),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...marked("same", old.slice(old.length - end)),
  ];
}

const linesOf = (text: string) => (text ? text.split(/\r?\n/) : []);

const marked = (kind: DiffLine["kind"], lines: string[]): DiffLine[] => lines.map((text) => ({ kind, text }));

/** By the longest common subsequence of lines. */
function middle(old: string[], now: string[]): DiffLine[] {
  if (!old.length || !now.length || old.length * now.length > MOST_PAIRS) {
    return [...marked("removed", old), ...marked("added", now)];
  }
  const longest = lengths(old, now);
  const width = now.length + 1;
  const at = (row: number, column: number) => longest[row * width + column] ?? 0;
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < old.length && column < now.length) {
    const [was, is] = [old[row] ?? "", now[column] ?? ""];
    if (was === is) {
      lines.push({ kind: "same", text: was });
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      lines.push({ kind: "removed", text: was });
      row++;
    } else {
      lines.push({ kind: "added", text: is });
      column++;
    }
  }
  return [...lines, ...marked("removed", old.slice(row)), ...marked("added", now.slice(column))];
}

/** How many lines the rest of both texts have in common, from every pair of lines on. */
function lengths(old: string[], now: string[]): Uint16Array {
  const width = now.length + 1;
  const longest = new Uint16Array((old.length + 1) * width);
  for (let row = old.length - 1; row >= 0; row--) {
    for (let column = now.length - 1; column >= 0; column--) {
      const here = row * width + column;
      longest[here] =
        old[row] === now[column]
          ? (longest[here + width + 1] ?? 0) + 1
          : Math.max(longest[here + width] ?? 0, longest[here + 1] ?? 0);
    }
  }
  return longest;
}

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
