import { join } from "node:path";
import { fromRoot } from "./paths.ts";
import { denortBin } from "./runtime.ts";
import { sha256 } from "./sha256.ts";

/** Everything that decides what the compiled program does. */
const INPUTS = [
  "main.ts",
  "src",
  "deno.json",
  "deno.lock",
  "scripts/compile.ts",
  "scripts/compile",
];

/** One word for the content of all sources: equal words, equal program. */
export async function fingerprint(): Promise<string> {
  const lines: string[] = [];
  for (const input of INPUTS) {
    for await (const path of filesBelow(input)) {
      lines.push(
        `${await sha256(await Deno.readFile(fromRoot(path)))} ${path}`,
      );
    }
  }
  const text = [`DENORT_BIN=${denortBin()}`, ...lines.sort()].join("\n");
  return await sha256(new TextEncoder().encode(text));
}

/** Files of this repository: `path` itself, or what lies below it. */
export async function* filesBelow(path: string): AsyncGenerator<string> {
  const info = await Deno.stat(fromRoot(path)).catch(() => null);
  if (info?.isFile) yield path;
  if (!info?.isDirectory) return;
  for await (const entry of Deno.readDir(fromRoot(path))) {
    yield* filesBelow(join(path, entry.name));
  }
}
