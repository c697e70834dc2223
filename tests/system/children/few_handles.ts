import { inputFiles } from "../../../src/system/input_files.ts";
import { privateFiles } from "../../../src/system/private_files.ts";
import { runSource } from "../../../src/sources/find_runs.ts";
import type { System } from "../../../src/system/system.ts";

const [folder = "", mode] = Deno.args;
const path = `${folder}/a.json`;
await inputFiles.read(path, 100);
// Loaded while there are handles.
await privateFiles.write(`${folder}/home/a`, new Uint8Array([1]));

const taken: Deno.FsFile[] = [];
try {
  for (;;) taken.push(Deno.openSync(path));
} catch {
  // No handle is left.
}
if (mode === "given back") {
  setTimeout(() => taken.splice(0, 10).forEach((one) => one.close()), 100);
} else {
  // The patience ends at once.
  let time = 0;
  performance.now = () => time += 1000;
}
const actions = [
  () => runSource({ inputFiles } as System, path).read(),
  () => inputFiles.find(folder, { accepts: () => true }),
  () => privateFiles.read(`${folder}/home/a`),
  () => privateFiles.write(`${folder}/home/b`, new Uint8Array([1])),
  () => privateFiles.list(`${folder}/home`),
];
const results = await Promise.allSettled(actions.map((action) => action()));
taken.forEach((one) => one.close());
const lines = results.map((result) =>
  result.status === "fulfilled" ? "done" : `${result.reason.message}`
);
await Deno.stdout.write(new TextEncoder().encode(`${lines.join("\n")}\n`));
