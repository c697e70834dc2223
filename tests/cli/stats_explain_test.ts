import assert from "node:assert/strict";
import { eventsOf, runEmpty } from "./run_in.ts";

Deno.test("stats --explain tells meaning, computation and source", async () => {
  const { exitCode, stdout } = await runEmpty([
    "stats",
    "--explain",
    "first pass",
  ]);
  assert.equal(exitCode, 0);
  assert.match(stdout, /^fpy, [^]*\nComputed: [^]*\nSource: WATS/);
  const json = await runEmpty(["stats", "--explain", "fpy", "--json"]);
  const [event = {}] = eventsOf(json.stdout);
  assert.equal(event["event"], "explanation");
});

Deno.test("stats --explain proposes the number that was meant", async () => {
  const { exitCode, stderr } = await runEmpty(["stats", "--explain", "pk"]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /There is no number "pk"\nhint: did you mean ppk\?\n/);
});
