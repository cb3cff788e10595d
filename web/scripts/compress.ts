/** Lays a .br and a .gz beside every file of the console that shrinks by it, so that serving costs nothing. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const FOLDER = join(import.meta.dirname, "../../proli/static");
const TEXT = /\.(js|css|svg|html|json)$/;

for (const name of readdirSync(FOLDER, { recursive: true, encoding: "utf8" })) {
  if (!TEXT.test(name)) continue;
  const path = join(FOLDER, name);
  const plain = readFileSync(path);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  writeFileSync(`${path}.br`, brotliCompressSync(plain, quality));
  writeFileSync(`${path}.gz`, gzipSync(plain, { level: 9 }));
}
