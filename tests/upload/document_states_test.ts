import assert from "node:assert/strict";
import { step, TRANSITIONS } from "../../src/upload/document_states.ts";
import { CLAIMED, PAUSING } from "./transitions/claimed.ts";
import { READING } from "./transitions/reading.ts";
import { READY, UNSENT } from "./transitions/ready.ts";

const SCENARIOS = [READING, READY, UNSENT, CLAIMED, PAUSING].flat();

Deno.test("step() takes what the table says, and nothing else", () => {
  for (const [from, event, state, action] of TRANSITIONS) {
    assert.deepEqual(step(from, event), { state, action });
  }
  assert.throws(() => step("uploaded", "due"), /No step from uploaded on due/);
  assert.throws(() => step("reading", "arrived"));
});

Deno.test("TRANSITIONS has one row for a state and an event", () => {
  const starts = TRANSITIONS.map(([from, event]) => `${from} + ${event}`);
  assert.equal(new Set(starts).size, starts.length);
});

Deno.test("each row of TRANSITIONS has a scenario that names it, and each scenario has its row", () => {
  const rows = TRANSITIONS.map(([from, event, to, action]) =>
    `${from} + ${event} → ${to}: ${action}`
  );
  const named = SCENARIOS.map(({ row }) => row);
  assert.deepEqual(named.toSorted(), rows.toSorted());
});
