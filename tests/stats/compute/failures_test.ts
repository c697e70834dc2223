import assert from "node:assert/strict";
import {
  MOST_MESSAGES,
  OTHER_MESSAGES,
} from "../../../src/stats/collect/failure_table.ts";
import { madeCase, madeRun, statisticsOf } from "../made_runs.ts";

/** A run in which the cases of these names failed. */
function failing(
  at: number,
  names: readonly string[],
  more: Record<string, unknown> = {},
) {
  const cases = Object.fromEntries(["a", "b", "c"].map((name) => [
    name,
    madeCase([], {
      status: names.includes(name) ? "failed" : "passed",
      "assertion_msg": names.includes(name) ? `${name} is ${at}` : null,
    }),
  ]));
  return madeRun({
    serial: `SN-${1000 + at}`,
    status: "failed",
    at,
    cases,
    more,
  });
}

Deno.test("the cause is the named case if it failed, else the first that failed", () => {
  const runs = [
    failing(1, ["b", "c"]),
    failing(2, ["b", "c"], { "caused_dut_failure_id": "test_supply::c" }),
    failing(3, ["b"], { "caused_dut_failure_id": "test_supply::a" }),
    failing(4, []),
    madeRun({ at: 5 }),
  ];
  const rows = statisticsOf(runs).failures.filter(({ by }) => by === "case");
  assert.deepEqual(
    rows.map((
      row,
    ) => [row.module, row.case, row.runs, row.share, row.cumulative]),
    [
      ["test_supply", "b", 2, 2 / 4, 2 / 4],
      [null, null, 1, 1 / 4, 3 / 4],
      ["test_supply", "c", 1, 1 / 4, 1],
    ],
  );
});

Deno.test("rankings by error code and by message stand apart", () => {
  const runs = [
    failing(1, ["a"], { "error_code": 7 }),
    failing(2, ["a"], { "error_code": 7 }),
    failing(3, ["b"]),
  ];
  const { failures } = statisticsOf(runs);
  const of = (by: string) => failures.filter((row) => row.by === by);
  assert.deepEqual(
    of("error_code").map((row) => [row.error_code, row.case, row.runs]),
    [[7, null, 2], [null, null, 1]],
  );
  assert.deepEqual(
    of("message").map((row) => [row.case, row.message, row.runs]),
    [["a", "a is <n>", 2], ["b", "b is <n>", 1]],
  );
});

Deno.test("units are distinct serial numbers, first_attempts those that cost fpy", () => {
  const again = { ...failing(2, ["a"]), dut: failing(1, [])["dut"] };
  const nobody = { ...failing(3, ["a"]), dut: { "part_number": "PN-1" } };
  const [row] = statisticsOf([failing(1, ["a"]), again, nobody]).failures;
  assert.deepEqual([row?.runs, row?.units, row?.first_attempts], [3, 1, 1]);
  assert.deepEqual([row?.first_time, row?.last_time, row?.example], [
    "2026-03-02T06:00:01Z",
    "2026-03-02T06:00:03Z",
    "0.json",
  ]);
});

Deno.test("of more different messages than a person reads, the rest counts as one", () => {
  const runs = Array.from({ length: MOST_MESSAGES + 5 }, (_, at) => {
    const run = failing(at, []);
    const message = `no ${"x".repeat(at % 100)}Y${
      Math.floor(at / 100).toString(36)
    }`;
    const cases = {
      a: madeCase([], { status: "error", "assertion_msg": message }),
    };
    return { ...run, modules: { m: { cases } } };
  });
  const { failures, warnings } = statisticsOf(runs);
  const rows = failures.filter(({ by }) => by === "message");
  assert.equal(rows.length, MOST_MESSAGES + 1);
  assert.equal(rows.find(({ message }) => message === OTHER_MESSAGES)?.runs, 5);
  assert.equal(warnings.find(({ code }) => code === "many_messages")?.count, 5);
});
