import assert from "node:assert/strict";
import { Lines } from "../../../src/runs/json/lines.ts";
import { RunView } from "../../../src/runs/rules/run_view.ts";
import { Run } from "../../../src/runs/run.ts";
import { counting } from "./counting.ts";
import {
  type Fields,
  HISTORY,
  lean,
  leanCase,
  NO_TIMES,
  said,
  TIMES,
} from "./lean_runs.ts";

/** What HardPy 0.25 makes of parameters that hold "." and "::". */
const BROKEN = {
  "test_x[1.5]": leanCase("A", { status: "ready", ...NO_TIMES, attempt: 0 }),
  "test_x[2]": leanCase("B"),
  "test_y[a::b]": leanCase("C", { status: "run" }),
  "test_y[c.d::e]": leanCase("D", {
    status: "ready",
    ...NO_TIMES,
    attempt: 0,
  }),
  "test_x[1": {
    "5]": { ...TIMES, status: "passed", attempt: 1 },
    "2": { "3]": { ...TIMES, status: "passed", attempt: 1 } },
  },
  "b]": { status: "passed", "stop_time": TIMES.stop_time },
  "test_y[c": { "d::e]": { ...TIMES, status: "run", attempt: 1 } },
  "e]": { status: "passed", "stop_time": TIMES.stop_time },
};

Deno.test("checkRun() names the parameter that broke a test id, not the missing keys", () => {
  const broken = (parameter: string, test: string, mark: string) =>
    `error broken-test-id: The parameter "${parameter}" of test "${test}" holds "${mark}", which breaks HardPy's storage`;
  assert.deepEqual(said(lean(HISTORY, BROKEN)).toSorted(), [
    broken("1.2.3", "test_x", "."),
    broken("1.5", "test_x", "."),
    broken("a::b", "test_y", "::"),
    broken("c.d::e", "test_y", "::"),
  ]);
  assert.deepEqual(said(lean(HISTORY, { "b]": BROKEN["b]"] })), [
    `error broken-test-id: The parameter that ends in "b]" holds "::", which breaks HardPy's storage`,
  ]);
});

Deno.test("checkRun() leaves ids with odd parameters alone, and keys that are missing elsewhere", () => {
  const odd = ["test_x[a-b]", "test_x[]]", "test_x[[1, 2]]", "test_x[:]"];
  const cases = Object.fromEntries(odd.map((id) => [id, leanCase(id)]));
  assert.ok(!said(lean(HISTORY, cases)).some((one) => one.includes("broken")));
  const nameless = { "test_x[1]": { status: "passed" } };
  const rules = said(lean(HISTORY, { ...BROKEN, ...nameless }));
  assert.equal(rules.filter((one) => one.includes("missing-key")).length, 4);
});

Deno.test("broken-test-id stays small where a document was made to do harm", () => {
  const pieces = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [`${at}]`, 1]),
  );
  const cases = Object.fromEntries(
    Array.from(
      { length: 400 },
      (_, at) => [`${"m".repeat(9000)}${at}[1`, pieces],
    ),
  );
  const counter = { operations: 0 };
  const value = counting(lean(HISTORY, cases), counter) as Fields;
  const run = new Run(new Lines("{}"), { start: 0, end: 2 }, { value });
  assert.ok(new RunView(run).brokenIds.size < 10);
  assert.ok(counter.operations < 10_000, `${counter.operations}`);
});
