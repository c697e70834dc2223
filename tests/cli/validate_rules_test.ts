import assert from "node:assert/strict";
import { explainedRules } from "../../src/cli/rule_text.ts";
import { eventsOf, runEmpty } from "./run_in.ts";

for (const { word } of explainedRules) {
  Deno.test(`validate --explain ${word} says what it means and how to follow it`, async () => {
    const { exitCode, stdout, stderr } = await runEmpty(
      ["validate", "--explain", word],
    );
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.ok(stdout.startsWith(`${word}: `));
    assert.match(stdout, /\nfix: ./);
    const long = stdout.split("\n").filter((line) => line.length > 80);
    assert.deepEqual(long, []);
  });
}

Deno.test("validate --list-rules prints a line for each rule", async () => {
  const { exitCode, stdout } = await runEmpty(["validate", "--list-rules"]);
  assert.equal(exitCode, 0);
  const words = stdout.trimEnd().split("\n").map((line) => line.split(" ")[0]);
  assert.deepEqual(words, explainedRules.map(({ word }) => word));
});

Deno.test("validate --list-rules --json prints an event for each rule", async () => {
  const { stdout } = await runEmpty(["validate", "--list-rules", "--json"]);
  const events = eventsOf(stdout);
  assert.deepEqual(
    events.map(({ rule }) => rule),
    explainedRules.map(({ word }) => word),
  );
  const part = events.find(({ rule }) => rule === "missing-mandatory-field");
  assert.deepEqual(part?.["failing"], { at: "/dut/part_number", json: "null" });
  assert.equal(part?.["blocks_upload"], true);
});

Deno.test("validate --explain knows what was meant", async () => {
  const { exitCode, stderr } = await runEmpty(
    ["validate", "--explain", "missing-mandatory-fields"],
  );
  assert.equal(exitCode, 2);
  assert.equal(
    stderr,
    'error: There is no rule "missing-mandatory-fields"\n' +
      "hint: did you mean missing-mandatory-field?\n" +
      "hint: standcloud validate --list-rules lists them\n",
  );
});

Deno.test("validate --explain --json says as an object that there is no such rule", async () => {
  const { exitCode, stdout } = await runEmpty(
    ["validate", "--explain", "xyz", "--json"],
  );
  assert.equal(exitCode, 2);
  const [error, ...more] = eventsOf(stdout);
  assert.deepEqual(more, []);
  assert.equal(error?.["hint"], "standcloud validate --list-rules lists them");
});
