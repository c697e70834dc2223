/**
 * How long `stats` takes for many run documents against `validate` of the same, both as the
 * compiled program; and against a script that computes yield and Cpk with pandas in two ways:
 * `sh scripts/deno run -A scripts/bench/stats.ts [RUNS]`. pandas comes from PyPI.
 */
import { compiledBinary } from "../compile/compiled_binary.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { pythonThatHas } from "../interop/environment.ts";
import { inPairs, wholeRun } from "./measure.ts";
import { type Row, table, timeRow } from "./report.ts";
import { writeRunDocuments } from "./run_documents.ts";

const DOCUMENTS = 10_000;
const BYTES = 20_000;
const BUDGET = 1.5;
const PANDAS = "2.3.3";
const PANDAS_BUDGET = 0.2;

/** One row: `stats` beside `validate`. */
export async function statsRow(runs: number, binary: string): Promise<Row> {
  await using documents = await documentsOfStand();
  const { folder } = documents;
  const pairs = await inPairs(runs, {
    baseline: () => wholeRun({ path: binary, args: ["validate", folder] }),
    subject: () => wholeRun({ path: binary, args: ["stats", folder] }),
  });
  const name = `stats beside validate, ${DOCUMENTS} documents of 20 kB`;
  return timeRow(name, { pairs, budget: BUDGET });
}

/** `stats` beside pandas: a frame for each run, and one frame of all rows. */
async function pandasRows(runs: number, binary: string): Promise<Row[]> {
  await using documents = await documentsOfStand();
  const { folder } = documents;
  return [
    await pandasRow(runs, { binary, folder, way: "runs" }),
    await pandasRow(runs, { binary, folder, way: "rows" }),
  ];
}

async function pandasRow(
  runs: number,
  { binary, folder, way }: { binary: string; folder: string; way: string },
): Promise<Row> {
  const python = await pythonThatHas("pandas", PANDAS);
  const script = fromRoot("scripts/bench/pandas_stats.py");
  const args = ["-W", "ignore", script, folder, way];
  const pairs = await inPairs(runs, {
    baseline: () => wholeRun({ path: python, args }),
    subject: () => wholeRun({ path: binary, args: ["stats", folder] }),
  });
  const name = `stats beside pandas (${way}), ${DOCUMENTS} documents of 20 kB`;
  return timeRow(name, { pairs, budget: PANDAS_BUDGET });
}

async function documentsOfStand(): Promise<
  AsyncDisposable & { readonly folder: string }
> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-stats-" });
  await writeRunDocuments(folder, DOCUMENTS, { bytes: BYTES });
  return {
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function main(): Promise<void> {
  const runs = Number(Deno.args[0] ?? 5);
  const binary = await compiledBinary({ log: say });
  const rows = [
    await statsRow(runs, binary),
    ...await pandasRows(runs, binary),
  ];
  table(rows).forEach((line) => say(line));
}

if (import.meta.main) await main().catch(fail);
