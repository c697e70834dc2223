import assert from "node:assert/strict";
import fc from "fast-check";
import { run } from "../../src/cli/run.ts";
import { mutated } from "../runs/mutations.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { eventsOf } from "./run_in.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);
const SEED = 20_261_122;
/** More with `FUZZ_RUNS=1000000 sh scripts/deno task test tests/cli/fuzz_test.ts`. */
const FUZZ_RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 10_000);
/** Every so many a document is shown too, which takes longer. */
const SHOWN = 20;

async function texts(): Promise<string[]> {
  const names = [
    "samples/01_min_pass_wire_0.12.json",
    "samples/07_failed_wire_0.16.json",
    "hardpy-0.22.1/minimum.runstore.json",
    "hardpy-0.22.1/minimum.statestore.json",
  ];
  const read = (name: string) => Deno.readTextFile(new URL(name, RUNS));
  return await Promise.all(names.map(read));
}

/** Runs a command on a document as stdin; its exit code is one of the table, its stderr no fault. */
async function outputOf(text: string, ...args: readonly string[]) {
  const system = fakeSystem("/nowhere", { stdin: text });
  const code = await run([...args, "-"], system);
  const stderr = system.terminal.stderr();
  assert.ok([0, 2, 5].includes(code), `${args.join(" ")}: ${code} ${stderr}`);
  return { code, stdout: system.terminal.stdout() };
}

const FORMS = [
  [],
  ["--strict"],
  ["--verbose"],
  ["--format", "github"],
  ["--format", "junit"],
  ["--format", "sarif"],
];

async function validate(text: string, form: readonly string[]): Promise<void> {
  const { code, stdout } = await outputOf(text, "validate", "--json");
  for (const { event, outcome, digest, issues } of eventsOf(stdout)) {
    if (event !== "report") continue;
    assert.ok(code !== 0 || outcome === "valid");
    assert.match(String(digest), /^(?:null|[0-9a-f]{64})$/);
    for (const { line, column, message } of issues as Issue[]) {
      assert.ok(line >= 1 && column >= 1 && message.length > 0);
    }
  }
  await outputOf(text, "validate", ...form);
}

interface Issue {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

async function show(text: string): Promise<void> {
  const { stdout } = await outputOf(text, "show", "--json");
  eventsOf(stdout);
  await outputOf(text, "show", "--all");
  await outputOf(text, "show", "--html", "-");
}

Deno.test("validate and show end with a code of the table for any mutated document", async () => {
  let count = 0;
  const documents = fc.tuple(
    mutated(await texts()),
    fc.constantFrom(...FORMS),
  );
  await fc.assert(
    fc.asyncProperty(documents, async ([text, form]) => {
      await validate(text, form);
      if (count++ % SHOWN === 0) await show(text);
    }),
    { seed: SEED, numRuns: FUZZ_RUNS },
  );
});
