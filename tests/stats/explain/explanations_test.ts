import assert from "node:assert/strict";
import {
  explainedNames,
  explanationOf,
  explanations,
} from "../../../src/stats/explain/explanations.ts";
import type { Statistics } from "../../../src/stats/statistics.ts";
import { madeCase, madeRun, measured, statisticsOf } from "../made_runs.ts";

/** Names of events that are no numbers, and need no words. */
const PLAIN = ["event", "by", "group", "part_number", "process", "module"]
  .concat(["case", "name", "unit", "kind", "serial_number", "example", "code"])
  .concat(["first_time", "last_time", "first_status", "last_status"]);

const STATISTICS = statisticsOf(
  ["failed", "passed"].map((status, at) =>
    madeRun({
      status,
      at,
      cases: { "test_a": madeCase([measured(at)], { status }) },
      more: { name: `Plan ${at}` },
    })
  ),
);

function* eventsOf(statistics: Statistics): Generator<object> {
  yield* statistics.yields;
  yield* statistics.failures;
  yield* statistics.cases;
  for (const { event } of statistics.measurements) yield event;
  for (const { event } of statistics.units) yield event;
  yield statistics.stats;
}

Deno.test("--explain knows every number of every event", () => {
  const names = [...eventsOf(STATISTICS)].flatMap((event) =>
    Object.keys(event)
  );
  assert.ok(names.includes("ppk") && names.includes("state"));
  const unknown = new Set(
    names.filter((name) =>
      !PLAIN.includes(name) && explanationOf(name) === undefined
    ),
  );
  assert.deepEqual([...unknown], []);
});

Deno.test("--explain knows the headings of the text, in any case", () => {
  for (
    const name of ["first pass", "Final", "tests/unit", "of all", "95%", "PPK"]
  ) {
    assert.ok(explanationOf(name), name);
  }
  assert.equal(explanationOf("nothing"), undefined);
});

Deno.test("--explain knows the words that stand in place of numbers", () => {
  for (
    const name of [
      ...["not_capable", "too_few", "no_spread", "limits_contradict"],
      ...["passed_on_retest", "p95", "longest", "fingerprint"],
      ...["wrong_clock", "several_stands", "no_verdict"],
    ]
  ) {
    assert.ok(explanationOf(name), name);
  }
});

Deno.test("no name is explained twice, and every text is a whole sentence", () => {
  assert.equal(new Set(explainedNames).size, explainedNames.length);
  for (const { names, meaning, computed, source } of explanations) {
    assert.match(meaning, /^[A-Z].*\.$/s, names[0]);
    assert.match(computed, /\.$/, names[0]);
    assert.notEqual(source, "", names[0]);
  }
});
