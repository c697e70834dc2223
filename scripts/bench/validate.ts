/**
 * How long `validate` takes for many run documents against a loop that only
 * reads and parses the same files, both in this process:
 * `sh scripts/deno run -A scripts/bench/validate.ts`.
 */
import { run } from "../../src/cli/run.ts";
import { processSystem, type System } from "../../src/system/system.ts";
import { say } from "../compile/say.ts";
import { inPairs } from "./measure.ts";
import { type Row, table, timeRow } from "./report.ts";
import { writeRunDocuments } from "./run_documents.ts";

const DOCUMENTS = 2000;
const BUDGET = 2.5;

/** One row: validating all documents beside `JSON.parse` of all documents. */
export async function validateRow(runs: number): Promise<Row> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-validate-" });
  try {
    const paths = await writeRunDocuments(folder, DOCUMENTS);
    const system = silentSystem();
    const pairs = await inPairs(runs, {
      baseline: () => timed(() => parseAll(paths)),
      subject: () => timed(() => validateAll(folder, system)),
    });
    const name = `validate, ${DOCUMENTS} documents of 60 kB`;
    return timeRow(name, { pairs, budget: BUDGET });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

async function parseAll(paths: readonly string[]): Promise<void> {
  for (const path of paths) JSON.parse(await Deno.readTextFile(path));
}

async function validateAll(folder: string, system: System): Promise<void> {
  const code = await run(["validate", folder], system);
  if (code !== 0) throw new Error(`validate exited with ${code}`);
}

/** The real one, but nobody reads what it prints. */
function silentSystem(): System {
  const system = processSystem();
  const terminal = { ...system.terminal, writeStdout: () => {} };
  return { ...system, terminal };
}

if (import.meta.main) {
  const row = await validateRow(Number(Deno.args[0] ?? 7));
  table([row]).forEach((line) => say(line));
}
