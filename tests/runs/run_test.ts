import assert from "node:assert/strict";
import { Lines } from "../../src/runs/json/lines.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { Run } from "../../src/runs/run.ts";

const READY = { status: "ready", "start_time": null, attempt: 0 };
const REFUSED = {
  status: "failed",
  "start_time": null,
  "stop_time": 1771490040,
  modules: { a: { status: "ready", cases: { b: READY, c: READY } }, d: {} },
};

function runOf(value: Record<string, unknown>): Run {
  const text = JSON.stringify(value);
  return new Run(new Lines(text), rootOf(text), { value });
}

const DOCUMENTS: [
  what: string,
  given: Record<string, unknown>,
  is: { isFinished?: true; isRefusedStart?: true; isCollection?: true },
][] = [
  ["a start that was refused", {}, { isFinished: true, isRefusedStart: true }],
  [
    "a start without a test",
    { modules: {} },
    { isFinished: true, isRefusedStart: true },
  ],
  [
    "collected tests",
    { status: "ready", "stop_time": null },
    { isCollection: true },
  ],
  ["a run that failed", { "start_time": 1771490002 }, { isFinished: true }],
  ["a run that was stopped", { status: "stopped" }, { isFinished: true }],
  [
    "a run whose fixture failed",
    { modules: { a: { cases: { b: { ...READY, status: "failed" } } } } },
    { isFinished: true },
  ],
  [
    "a case that was tried",
    { modules: { a: { cases: { b: { ...READY, attempt: 1 } } } } },
    { isFinished: true },
  ],
  ["a run that goes on", { status: "run", "stop_time": null }, {}],
  ["such a run in a POST", { status: "run", "stop_time": undefined }, {}],
];

for (const [what, given, is] of DOCUMENTS) {
  Deno.test(`Run tells of ${what} whether it is finished, refused or collected`, () => {
    const { isFinished, isRefusedStart, isCollection } = runOf({
      ...REFUSED,
      ...given,
    });
    assert.deepEqual({ isFinished, isRefusedStart, isCollection }, {
      ...{ isFinished: false, isRefusedStart: false, isCollection: false },
      ...is,
    });
  });
}
