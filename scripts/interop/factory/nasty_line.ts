import type { Factory, FactoryFile } from "./factory.ts";
import { Random } from "./random.ts";
import { BROKEN_FILES, ODD_RUNS } from "./odd_runs.ts";
import {
  documentOf,
  type Json,
  numeric,
  pythonText,
  type RunFacts,
} from "./run_facts.ts";

const RUNS = 160;
const START = Date.UTC(2026, 0, 5) / 1000;
const LINE = { event: "measurement", "part_number": "NA-1" };

/**
 * All that a document may hold and no sensible plan writes: NaN and Infinity, texts as values,
 * limits that contradict each other, equal times, manual mode, outliers, broken files.
 */
export function nastyLine(seed: number): Factory {
  const random = new Random(seed);
  const runs = Array.from({ length: RUNS }, (_, index) => runOf(random, index));
  return {
    name: "nasty line",
    files: [
      ...runs.map((run, index) => fileOf(run, `r${index}`)),
      ...ODD_RUNS.map((run, index) => fileOf(run, `odd${index}`)),
      linesOf(runs.slice(0, 20)),
      ...BROKEN_FILES,
    ],
    flags: [
      ["--manual"],
      ["--stand", "", "--stand", "st\u{1F600}"],
      ["--part-number", "nothing has this number"],
    ],
    truths: [
      {
        of: { ...LINE, name: "Constant" },
        is: { verdict: "no_spread", stdev: 0, cpk: null, ppk: null },
      },
      {
        of: { ...LINE, name: "Contradiction" },
        is: { verdict: "limits_contradict", ppk: null },
      },
      {
        of: { ...LINE, name: "Inside out" },
        is: { verdict: "pass_fail_only", drift: null },
      },
      {
        of: { ...LINE, name: "Version", kind: "string" },
        is: { verdict: "pass_fail_only", mean: null, "limit_sets": 1 },
      },
      {
        of: { ...LINE, name: "No limits" },
        is: { verdict: "no_limits" },
      },
    ],
  };
}

function runOf(random: Random, index: number): RunFacts {
  // Four runs at a time begin and end together.
  const start = START + Math.floor(index / 4) * 60;
  const status = random.one(["passed", "passed", "passed", "failed", "error"]);
  return {
    start,
    stop: start + 10,
    status,
    name: index % 40 === 9 ? "nasty Manual mode" : " nasty ",
    part: index % 50 === 0 ? " UnKnown" : "NA-1",
    serial: `N${Math.floor(index / 1.2)}`,
    stand: ["st\u{1F600}", "st\uFFFD", "\tst ", " "][index % 4],
    timezone: index % 2 === 0 ? "Pacific/Auckland" : 12,
    errorCode: status === "error" ? index % 3 : null,
    cause: status === "error" ? "test_values::test_missing" : null,
    cases: [
      {
        module: "test_values",
        key: "test_one",
        status: status === "passed" ? "passed" : "error",
        attempt: index % 9,
        message: status === "passed" ? null : MESSAGES[index % MESSAGES.length],
        measurements: measurementsOf(random, index),
      },
      ...(index % 6 === 0
        ? [{ module: "test_values", key: "test_missing", status: "ready" }]
        : []),
    ],
  };
}

const MESSAGES = [
  "\r\n \t first line  with\ttabs \r\nsecond",
  "N12N12 in 1.5.2 and v1.5, -3e+7 .5 1e5x 0x1G 1_000",
  "x".repeat(118) + "\u{1F600}\u{1F600}\u{1F600}",
  "2026-01-02T03:04:05.678+01:00 2026-01-02 03:04Z 2026-01-02",
  "A0F8FAD5B-D9CB-469F-A165-70867728950E",
];

function measurementsOf(random: Random, index: number): unknown[] {
  const odd = [NaN, Infinity, -Infinity, null, "1.5", true][index % 60];
  const both = { operation: "gele", lower: -1, upper: 1 };
  const skewed = random.share() ** 4;
  return [
    numeric("Odd", odd === undefined ? random.normal(0, 0.3) : odd, both),
    numeric("Constant", 0.1, { ...both, upper: 0.3 }),
    numeric("Contradiction", skewed, { ...both, lower: 1 }),
    numeric("Inside out", skewed, { operation: "ltgt", lower: 0, upper: 0.5 }),
    numeric("No limits", index === 30 ? 9.9e37 : skewed, { unit: null }),
    numeric("No limits", skewed, { unit: " " }),
    numeric(null, skewed * 1e-12, { operation: "gt", comparison: 0 }),
    numeric("Half", skewed, { operation: "gtle", lower: NaN, upper: 0.9 }),
    numeric("No operation", skewed, { lower: 0, upper: 1, result: null }),
    numeric("Equal", index % 3, { operation: "eq", comparison: index % 2 }),
    numeric("Always equal", 4, { operation: "ne", comparison: 5 }),
    numeric("Unit's own", skewed, { operation: "ge", comparison: -index }),
    numeric("Twenty sets", skewed, { operation: "le", comparison: index % 20 }),
    numeric("Huge", (index % 2 ? 1.5 : -1.5) * 1e300, { operation: "ge" }),
    numeric("Grid", random.below(5) / 10, { operation: "lt", comparison: 0.4 }),
    text("Version", index % 10 === 0 ? "2.0" : "2.1"),
    ...(index % 15 === 0 ? [text("Version", null)] : []),
    ...(index % 5 === 0 ? [numeric("Sometimes", skewed, both), 7, null] : []),
  ];
}

function text(name: string, value: string | null): Json {
  return {
    type: "string",
    name,
    value,
    operation: "eq",
    result: value === null ? null : value === "2.1",
    "comparison_value": "2.1",
  };
}

function fileOf(run: RunFacts, name: string): FactoryFile {
  return { path: `${name}.json`, content: pythonText(documentOf(run)) };
}

/** The same runs once more, a line each, and a line that is cut off. */
function linesOf(runs: readonly RunFacts[]): FactoryFile {
  const lines = runs.map((run) => pythonText(documentOf(run, "tempstore")));
  const [first = ""] = lines;
  return {
    path: "sub/feed.jsonl",
    content: [...lines, "", first.slice(0, 200), ""].join("\n"),
  };
}
