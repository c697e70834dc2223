/**
 * Start-up time and size against an empty program compiled the same way:
 * `sh scripts/deno task bench [--runs N] [--json]`.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "./compile/compiled_binary.ts";
import { fail, say } from "./compile/say.ts";
import { emptyProgram } from "./bench/empty_program.ts";
import { table } from "./bench/report.ts";
import { sizeRows } from "./bench/sizes.ts";
import { type Programs, startUpRows } from "./bench/start_up.ts";
import { statsRow } from "./bench/stats.ts";
import { validateRow } from "./bench/validate.ts";
import { wholeCheckRows } from "./bench/whole_check.ts";

/** Each takes seconds. */
const VALIDATE_RUNS = 7;
const STATS_RUNS = 5;

async function build(): Promise<Programs> {
  return { empty: await emptyProgram(), ours: await compiledBinary() };
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: "string", default: "21" },
      json: { type: "boolean", default: false },
    },
  });
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) {
    throw new Error("--runs wants a whole number of 1 or more");
  }
  const programs = await build();
  const rows = [
    ...await startUpRows(runs, programs),
    ...await wholeCheckRows(runs, programs),
    ...await sizeRows(),
    await validateRow(Math.min(runs, VALIDATE_RUNS)),
    await statsRow(Math.min(runs, STATS_RUNS), programs.ours),
  ];
  const lines = values.json ? [JSON.stringify({ runs, rows })] : table(rows);
  lines.forEach((line) => say(line));
}

await main(Deno.args).catch(fail);
