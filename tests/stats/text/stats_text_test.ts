import assert from "node:assert/strict";
import fc from "fast-check";
import { statsText } from "../../../src/stats/text/stats_text.ts";
import { widthOf } from "../../../src/system/text_width.ts";
import {
  type Made,
  madeCase,
  madeRun,
  measured,
  statisticsOf,
  type StatisticsOptions,
} from "../made_runs.ts";

const clean = (text: string) => text;

function textOf(
  runs: readonly Made[],
  { all = false, ...options }: StatisticsOptions & { all?: boolean } = {},
): string[] {
  return statsText(statisticsOf(runs, options), { all, clean });
}

/** Steady values at eol-1; at eol-2 they are higher, and low in the middle. */
const LINE = Array.from({ length: 120 }, (_, at) => {
  const isSecond = at % 2 === 1;
  const noise = ((at * 7919) % 13 - 6) / 100;
  const shift = isSecond ? (at > 40 && at < 90 ? 0.2 : 0.6) : 0;
  const value = 5 + noise + shift;
  return madeRun({
    serial: `SN-${at}`,
    at: at * 3600,
    stand: isSecond ? "eol-2" : "eol-1",
    cases: {
      "test_a": madeCase([
        measured(value, { "upper_limit": 6.5, "lower_limit": 4 }),
      ]),
    },
  });
});

Deno.test("statsText() shows capability, and below the stands what differs and what drifts", () => {
  const lines = textOf(LINE);
  assert.deepEqual(lines.slice(5, 8), [
    "weakest measurements                  n   Ppk  95%         Cpk  outside",
    "Voltage 4 to 6.5 V                  120  1.56  1.35–1.77  7.64        0",
    "",
  ]);
  assert.deepEqual(lines.slice(8), [
    "stands                                 runs  units  first pass       95%",
    "eol-1                                    60     60      100.0%  94–100%",
    "eol-2                                    60     60      100.0%  94–100%",
    "eol-2     Voltage: 39 beyond 3 sigma, the first on 2026-03-02",
    "eol-2     Voltage: 0.43 V above eol-1 (n 60 and 60), 17% of tolerance",
  ]);
});

Deno.test("statsText() with another --by tells signals of stands on their own", () => {
  const lines = textOf(LINE, { by: "week" });
  const at = lines.indexOf("stands");
  assert.match(lines[at + 1] ?? "", /^eol-2 {5}Voltage: /);
  assert.match(lines.at(-1) ?? "", /^2026-W10 /);
});

Deno.test("statsText() names the case where measurements of two cases have one name", () => {
  const runs = Array.from({ length: 30 }, (_, at) =>
    madeRun({
      serial: `SN-${at}`,
      at,
      cases: {
        "test_a": madeCase([measured(at % 5)]),
        "test_b": madeCase([measured(at % 4)]),
      },
    }));
  const names = textOf(runs).filter((line) => line.includes("Voltage"));
  assert.deepEqual(names.map((line) => line.slice(0, 30)), [
    "test_supply::test_b Voltage 0 ",
    "test_supply::test_a Voltage 0 ",
  ]);
});

Deno.test("statsText() shows five rows, and all when asked", () => {
  const runs = Array.from(
    { length: 7 },
    (_, at) => madeRun({ serial: `SN-${at}`, part: `PN-${at}`, at }),
  );
  const folded = textOf(runs);
  const more = "… and 2 more (--verbose shows all)";
  assert.equal(folded.filter((line) => line === more).length, 2);
  const all = textOf(runs, { all: true });
  assert.ok(!all.some((line) => line.startsWith("…")));
  assert.equal(all.filter((line) => line.startsWith("PN-")).length, 7);
});

Deno.test("statsText() never rounds a rate to all or to none", () => {
  const runs = Array.from(
    { length: 4000 },
    (_, at) =>
      madeRun({
        serial: `SN-${at}`,
        at,
        status: at === 0 ? "failed" : "passed",
      }),
  );
  assert.match(textOf(runs)[3] ?? "", /99\.9%/);
});

Deno.test("statsText() prints nothing that is empty", () => {
  assert.deepEqual(textOf([]), ["no run among 0 documents"]);
  const stopped = textOf([madeRun({ status: "stopped", serial: null })]);
  assert.ok(stopped.every((line) => !/null|NaN|undefined/.test(line)));
});

/** Names too long for a line; an index of ten digits, and one below zero. */
const LONG = Array.from({ length: 60 }, (_, at) =>
  madeRun({
    serial: `SN-${at}`,
    part: `PN-OF-A-VERY-LONG-PRODUCT-FAMILY-${at % 2}`,
    process: "Final functional test",
    stand: `a stand in the third hall on the left side ${at % 2}`,
    status: at % 9 === 0 ? "failed" : "passed",
    at,
    cases: {
      "test_a": madeCase([
        measured(5 + (at % 7) / 1e9),
        measured(at % 5 + (at > 40 ? 99 : 0), { name: "Supply" }),
      ], { status: at % 9 === 0 ? "failed" : "passed" }),
    },
  }));

Deno.test("statsText() keeps a part of each name beside long ones", () => {
  const lines = textOf(LONG);
  for (const line of lines) assert.ok(widthOf(line) <= 80, line);
  const rows = lines.filter((line) =>
    /^PN-OF.* {2}(?:Voltage|Supply)/.test(line)
  );
  assert.deepEqual(
    rows.map((line) => line.slice(0, 26)),
    [
      "PN-OF-A-…nal test  Supply ",
      "PN-OF-A-…nal test  Supply ",
      "PN-OF-A-…nal test  Voltage",
      "PN-OF-A-…nal test  Voltage",
    ].map((text) => text.slice(0, 26)),
  );
  assert.match(rows[0] ?? "", / -\d\.\d\d to -?\d\.\d\d /);
  assert.match(rows[3] ?? "", / \d\.\de\+\d+ /);
  const failures = lines.filter((line) => line.includes("test_supply::test_a"));
  assert.equal(failures.length, 2);
  const stands = lines.filter((line) => line.startsWith("a stand"));
  assert.match(stands[0] ?? "", /^a stand…side 0 {2}PN-OF-A-VE…ional test {2}/);
  assert.match(
    stands[2] ?? "",
    /^a stand…side 0 {2}Supply \(PN-OF-A-VERY-LO….*\): /,
  );
});

Deno.test("statsText() tells signals of a stand with a long name", () => {
  const stand = "x".repeat(200);
  const runs = Array.from({ length: 80 }, (_, at) =>
    madeRun({
      serial: `SN-${at}`,
      at,
      stand,
      cases: {
        "test_a": madeCase([measured(at % 3 / 10 + (at > 40 ? 5 : 0))]),
      },
    }));
  const lines = textOf(runs);
  assert.ok(lines.some((line) => /^xxxxxxxx…xxxxxxx {2}Voltage: /.test(line)));
  for (const line of lines) assert.ok(widthOf(line) <= 80, line);
});

Deno.test("statsText() cuts only what is too long", () => {
  const runs = ["A", "PN-OF-A-LONG-FAMILY"].map((part, at) =>
    madeRun({ part, at, stand: `eol-${at}` })
  );
  const row = textOf(runs).find((line) => line.startsWith("eol-0"));
  assert.match(row ?? "", /^eol-0 {5}A EOL {10,}1 {6}1/);
});

const anyText = fc.string({ unit: "grapheme", maxLength: 90 });

Deno.test("statsText() keeps every line within 80 columns", () => {
  const property = fc.property(
    fc.array(
      fc.record({
        serial: anyText,
        part: anyText,
        process: anyText,
        stand: anyText,
      }),
      { minLength: 1, maxLength: 8 },
    ),
    anyText,
    fc.boolean(),
    (parts, name, all) => {
      const runs = parts.map((one, at) =>
        madeRun({
          ...one,
          at,
          status: "failed",
          cases: {
            [name]: madeCase([measured(at, { name, unit: name })], {
              status: "failed",
              "assertion_msg": name,
            }),
          },
        })
      );
      const lines = statsText(statisticsOf(runs), {
        all,
        clean: (text) => text.replace(/\p{C}/gu, " "),
      });
      // Sources stand whole, so that they can be copied.
      for (
        const line of lines.filter((line) => !/^ {6}\d+\.json$/.test(line))
      ) {
        assert.ok(widthOf(line) <= 80, line);
      }
    },
  );
  fc.assert(property, { numRuns: 60 });
});
