/**
 * Compares every number of `standcloud stats` with an independent computation in Python, on
 * factories with planted truths and on real runs of HardPy:
 * `sh scripts/deno task interop-stats [--seed N] [--runs N]`.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "./compile/compiled_binary.ts";
import { fail, say } from "./compile/say.ts";
import {
  type Compared,
  compareFactory,
  compareFolders,
} from "./interop/compare_stats.ts";
import { cleanLine } from "./interop/factory/clean_line.ts";
import { driftingLine } from "./interop/factory/drifting_line.ts";
import { nastyLine } from "./interop/factory/nasty_line.ts";
import { hardpyFolders } from "./interop/hardpy_runs.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "8" },
  },
});

const SHOWN = 20;

async function main(): Promise<void> {
  const seed = Number(values.seed);
  const binary = await compiledBinary({ log: say });
  const results: Compared[] = [];
  const note = (result: Compared) => {
    const { name, runs, events, fields } = result;
    say(`${name}: ${runs} comparisons, ${events} events, ${fields} values`);
    results.push(result);
  };
  const factories = [
    cleanLine(seed),
    await driftingLine(seed),
    nastyLine(seed),
  ];
  for (const factory of factories) {
    note(await compareFactory(binary, factory));
  }
  await using hardpy = await hardpyFolders(Number(values.runs));
  note(await compareFolders(binary, hardpy.folders));
  const mistakes = results.flatMap(({ mistakes }) => mistakes);
  mistakes.slice(0, SHOWN).forEach(say);
  if (mistakes.length > 0) throw new Error(`${mistakes.length} differences`);
  say("Every value is the same.");
}

await main().catch(fail);
