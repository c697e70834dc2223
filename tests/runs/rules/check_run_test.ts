import assert from "node:assert/strict";
import fc from "fast-check";
import { checkRun, expectedStatus } from "../../../src/runs/check_run.ts";
import { Lines } from "../../../src/runs/json/lines.ts";
import { pointerAt } from "../../../src/runs/json/levels.ts";
import { rootOf } from "../../../src/runs/json/slices.ts";
import { rules } from "../../../src/runs/rules/all_rules.ts";
import { RunView } from "../../../src/runs/rules/run_view.ts";
import { Run } from "../../../src/runs/run.ts";
import { counting } from "./counting.ts";
import { runOf, runWith, soundRun } from "./sound_runs.ts";

const RUNS = Number(Deno.env.get("FUZZ_RUNS") ?? 300);

/** Places of a sound run that a mutation hits. */
const PLACES = [
  "/status /stop_time /start_time /test_stand /test_stand/name /dut /dut/info",
  "/test_stand/timezone /test_stand/instruments /dut/sub_units /process",
  "/modules /modules/test_supply /modules/test_supply/cases /artifact",
  "/modules/test_supply/name /modules/test_supply/cases/test_rail",
  "/modules/test_supply/cases/test_rail/measurements",
  "/modules/test_supply/cases/test_rail/chart /caused_dut_failure_id",
  "/modules/test_supply/cases/test_rail/msg",
  "/modules/test_supply/cases/test_rail/artifact",
].join(" ").split(" ");

const WORDS = [
  ...["value", "unit", "operation", "gele", "x_data", "y_data", "info", "min"],
  ...["password", "measurements", "__proto__", "constructor", "", "a/b~c"],
];
const { tree: value } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 1e300, 2 ** 60, -1, 1.5, "gele", "1"),
    fc.array(tie("tree"), { maxLength: 9 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie("tree"), { maxKeys: 5 }),
  ),
}));

Deno.test("checkRun() throws for no document, and every finding has a place in it", () => {
  const mutation = fc.record({
    at: fc.constantFrom(...PLACES),
    json: value.map((tree) => JSON.stringify(tree)),
  });
  fc.assert(
    fc.property(mutation, fc.boolean(), (example, isEarly) => {
      const run = runWith(example, isEarly ? "early" : "current");
      const lines = run.text.split("\n");
      let last = 0;
      for (const issue of checkRun(run, { now: new Date("2026-03-01") })) {
        const { line, column } = issue;
        const before = lines.slice(0, line - 1).join("\n");
        const offset = before.length + (line > 1 ? 1 : 0) + column - 1;
        assert.ok(offset >= last && offset < run.text.length);
        last = offset;
        const found = pointerAt(run.text, offset);
        assert.ok(issue.path.startsWith(found), `${issue.path} at ${found}`);
        assert.ok(rules.some(({ word }) => word === issue.rule));
        assert.ok(issue.message.length < 300, issue.message);
      }
    }),
    { numRuns: RUNS, seed: 8 },
  );
});

/** A run with `count` modules of everything that rules look at. */
function wideRun(count: number): string {
  const run = JSON.parse(soundRun("current"));
  const { test_supply: module } = run.modules;
  module.cases.test_rail.msg = { note: "3.3 V" };
  module.cases.test_rail.artifact = { list: [{ psu: 1, unit: 2, token: "x" }] };
  module.cases.test_rail.measurements = [{ type: "numeric", value: 2 ** 60 }];
  module.cases.test_rail.chart = { x_data: [[1, 2]], y_data: [[1]] };
  run.modules = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`test_${index}`, module]),
  );
  return JSON.stringify(run);
}

function operationsFor(count: number): number {
  const text = wideRun(count);
  const counter = { operations: 0 };
  const value = counting(JSON.parse(text), counter);
  const view = new RunView(
    new Run(new Lines(text), rootOf(text), {
      value: value as Record<string, unknown>,
    }),
  );
  for (const rule of rules) for (const _ of rule.check(view));
  return counter.operations;
}

Deno.test("all rules together look at a document of twice the size twice as often", () => {
  const [once, twice] = [operationsFor(200), operationsFor(400)];
  assert.ok(once > 200 * 20, `${once}`);
  assert.ok(twice < 2.05 * once, `${once}, then ${twice}`);
});

Deno.test("checkRun() takes nesting of any depth", () => {
  const depth = 50_000;
  const nested = '{"psu":'.repeat(depth) + "1" + "}".repeat(depth);
  const issues = checkRun(runWith({ at: "/artifact", json: nested }));
  assert.deepEqual(issues.map(({ rule }) => rule), ["info-in-artifact"]);
});

Deno.test("checkRun() lists 200 findings of a rule and says how many more there are", () => {
  const cases = Array.from(
    { length: 1000 },
    (_, index) => `"test_${index}": {"name": "test_${index}"}`,
  );
  const issues = checkRun(runWith({
    at: "/modules/test_supply/cases",
    json: `{${cases.join(",")}}`,
  }));
  const unnamed = issues.filter(({ rule }) => rule === "unnamed-case");
  assert.equal(unnamed.length, 201);
  assert.deepEqual(unnamed.at(-1), {
    ...unnamed.at(-2),
    message: "800 more of this kind are not listed",
    more: 800,
  });
});

Deno.test("checkRun() does not lose an error among what it does not list", () => {
  const late = Array.from(
    { length: 300 },
    (_, index) =>
      `"c${index}":{"start_time":1771490001,"stop_time":null,"status":"passed"}`,
  );
  const json = `{${late.join(",")},"bad":{"start_time":5,"stop_time":4}}`;
  const issues = checkRun(runWith({ at: "/modules/test_supply/cases", json }));
  const more = issues.filter(({ rule, more }) =>
    rule === "implausible-time" && more !== undefined
  );
  assert.deepEqual(
    more.map(({ severity, more }) => [severity, more]),
    [["error", 1], ["warning", 101]],
  );
});

Deno.test("checkRun() says at least how many where it does not count to the end", () => {
  const key = "m".repeat(200_000);
  const cases = Array.from({ length: 500 }, (_, i) => `"c${i}":{"name":""}`);
  const issues = checkRun(runWith({
    at: "/modules",
    json: `{"${key}": {"cases": {${cases.join(",")}}}}`,
  }));
  const more = issues.find(({ rule, more }) =>
    rule === "unnamed-case" && more !== undefined
  );
  assert.match(more?.message ?? "", /^At least \d+ more of this kind/);
});

Deno.test("checkRun() never prints a secret", () => {
  const json =
    '{"wifi": {"apiKey": "hunter2", "passwd": 20317}, "TOKEN": "s3"}';
  const issues = checkRun(runWith({ at: "/dut/info", json }));
  assert.equal(
    issues.filter(({ rule }) => rule === "possible-secret").length,
    3,
  );
  assert.doesNotMatch(JSON.stringify(issues), /hunter2|20317|"s3"/);
});

Deno.test("expectedStatus() is 422 for an error that StandCloud is known to refuse", () => {
  const issues = checkRun(runWith({ at: "/test_stand/name", json: '" "' }));
  assert.equal(expectedStatus(issues), 422);
  const warned = checkRun(
    runWith({ at: "/test_stand/name", json: '"Unknown"' }),
  );
  assert.deepEqual(warned.map(({ severity }) => severity), ["warning"]);
  assert.equal(expectedStatus(warned), null);
  const other = checkRun(runWith({ at: "/process", json: '{"colour": 1}' }));
  assert.deepEqual(other.map(({ severity }) => severity), ["error"]);
  assert.equal(expectedStatus(other), null);
  assert.equal(expectedStatus(checkRun(runOf(soundRun("early")))), null);
});

Deno.test("checkRun() stays small where keys are huge", () => {
  const key = "m".repeat(200_000);
  const cases = Array.from({ length: 500 }, (_, i) => `"c${i}":{"name":""}`);
  const issues = checkRun(runWith({
    at: "/modules",
    json: `{"${key}": {"cases": {${cases.join(",")}}}}`,
  }));
  assert.ok(issues.length > 5);
  assert.ok(JSON.stringify(issues).length < 10_000_000);
});
