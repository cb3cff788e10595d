/** Ends with 1 when what a browser loads first, for any page, is more than the budget of gzipped JavaScript. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 250;
const FOLDER = join(import.meta.dirname, "../../proli/static");

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}

const manifest = JSON.parse(readFileSync(join(FOLDER, "manifest.json"), "utf8")) as Record<string, Chunk>;

/** The chunks themselves and all that they cannot do without. */
function closure(names: string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    closure(manifest[name]?.imports ?? [], seen);
  }
  return seen;
}

function kilobytes(names: Set<string>): number {
  const files = new Set([...names].flatMap((name) => manifest[name]?.file ?? []));
  return [...files]
    .filter((file) => file.endsWith(".js"))
    .reduce((total, file) => total + gzipSync(readFileSync(join(FOLDER, file))).length / 1000, 0);
}

const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
const pages = Object.keys(manifest)
  .filter((name) => /features\/.*Page\.tsx$/.test(name))
  .map((name) => ({ name: name.replace(/.*\//, ""), size: kilobytes(closure([...entries, name])) }))
  .sort((a, b) => b.size - a.size);

for (const { name, size } of pages) {
  process.stdout.write(`${size.toFixed(0).padStart(4)} kB of JavaScript, gzipped, until ${name} shows\n`);
}
if (!pages.length || pages.some(({ size }) => size > BUDGET_KB)) {
  process.stderr.write(`The budget of a first page is ${BUDGET_KB} kB.\n`);
  process.exitCode = 1;
}
