/**
 * Breaks the machine under the compiled program, on purpose:
 * `sh scripts/deno task faults [--faults N] [--seed N] [--scenario NAME]…
 * [--program PATH] [--verbose]`.
 * Makes one system call fail, or kills the program in it, and looks afterwards
 * whether runs, logins and files are as they should be. Ends with 1 when they
 * are not.
 */
import { parseArgs } from "node:util";
import { compiledBinary } from "./compile/compiled_binary.ts";
import { fail, say } from "./compile/say.ts";
import { breakThings, type FaultResult } from "./faults/machine.ts";
import { isBroken, PROMISES } from "./faults/promise.ts";
import { summaryLines } from "./faults/summary.ts";
import { ensureRequirements } from "./test/requirements.ts";

const { values } = parseArgs({
  options: {
    faults: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
    stands: { type: "string", default: "2" },
    program: { type: "string" },
    scenario: { type: "string", multiple: true },
    verbose: { type: "boolean", default: false },
  },
});

function report({ name, outcome, broken, ended }: FaultResult): void {
  if (values.verbose) say(`${outcome.padEnd(8)} ${name}`);
  if (values.verbose && broken.length === 0 && ended.stderr !== "") {
    say(`         ${ended.stderr.trim().replaceAll("\n", "\n         ")}`);
  }
  for (const { kind, text } of broken) {
    const word = kind in PROMISES ? "BROKEN" : "LIMIT";
    say(`${word.padEnd(8)} ${name}: ${kind}: ${text.trim()}`);
  }
}

async function main(): Promise<boolean> {
  await ensureRequirements(say);
  const begin = performance.now();
  const result = await breakThings({
    binary: values.program ?? await compiledBinary({ log: say }),
    faults: Number(values.faults),
    seed: Number(values.seed),
    stands: Number(values.stands),
    ...values.scenario && { scenarios: values.scenario },
    onResult: report,
  });
  for (const line of summaryLines(result)) say(line);
  say(`${Math.round((performance.now() - begin) / 1000)} s`);
  return result.results.every(({ broken }) => !broken.some(isBroken));
}

if (!await main().catch(fail)) Deno.exit(1);
