import assert from "node:assert/strict";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { checkRun } from "../../../src/runs/check_run.ts";
import { readRuns } from "../../../src/runs/read_runs.ts";

/** What the plans of these stands leave out or do on purpose. */
const DESERVED = new Set([
  "missing-mandatory-field",
  "no-serial-number",
  "no-dut-name",
  "incomplete-instrument",
  "incomplete-sub-unit",
  "deprecated-drivers",
  "info-value-type",
  "unsafe-number",
  "unnamed-module",
  "unnamed-case",
]);

/** Every document that HardPy left in a stand's folder, but for the statestore. */
async function* documentsIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory && name !== "statestore") yield* documentsIn(path);
    else if (name.endsWith(".json")) yield path;
  }
}

for (const version of ["0.24.0", "0.25.2"]) {
  Deno.test(`checkRun() accuses no document of a stand of HardPy ${version}`, async () => {
    const folder = fromRoot(`tests/testdata/stands/hardpy-${version}`);
    const said = new Map<string, number>();
    let count = 0;
    for await (const path of documentsIn(folder)) {
      for (const one of await readRuns(await Deno.readFile(path), 1e7)) {
        assert.ok("run" in one, path);
        count++;
        for (const { rule, message } of checkRun(one.run)) {
          if (DESERVED.has(rule)) continue;
          said.set(message, (said.get(message) ?? 0) + 1);
        }
      }
    }
    assert.ok(count > 50, `${count}`);
    assert.deepEqual([...said].toSorted(), [
      ['A fixture failed before the test in case "test_with_power"', 4],
      ["This is a start that was refused, not a run", 2],
    ]);
  });
}
