import type { Factory, FactoryFile } from "./factory.ts";
import { Random } from "./random.ts";
import { type Json, numeric, type RunFacts } from "./run_facts.ts";
import { allDocs, storedForms } from "./stored_forms.ts";

const UNITS = 700;
/** A day at the turn of a year, so that weeks and local days differ from those of UTC. */
const START = Date.UTC(2025, 11, 22, 3) / 1000;
const STANDS = [
  { stand: "eol-1", hwId: "h1", timezone: "Europe/Berlin" },
  { stand: " eol-2 ", hwId: "h2", timezone: "America/New_York" },
  { stand: "unknown", hwId: "h3", timezone: "Asia/Kolkata" },
  { stand: "eol-1", hwId: "h4", timezone: "Nowhere/At_all" },
];

/**
 * Four stands of which two share a name and one has none, in different time zones. The resistor
 * drifts at eol-2, the frequency of h3 lies 5 Hz higher, limits and a unit of measure change.
 * Runs are stopped, tested again, stored several times, and some have no serial number.
 */
export async function driftingLine(seed: number): Promise<Factory> {
  const random = new Random(seed);
  const files: FactoryFile[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    const runs = runsOf(random, unit);
    for (const [index, run] of runs.entries()) {
      files.push(...await storedForms(random, run, `${unit}_${index}`));
    }
  }
  const exported = Array.from(
    { length: 12 },
    (_, index) =>
      runOf(random, 900 + index, {
        status: "passed",
        start: START + 2_000_000 + index * 100,
      }),
  );
  files.push(allDocs(exported));
  return {
    name: "drifting line",
    files,
    flags: [
      ["--since", "2025-12-25", "--until", "2026-01-02"],
      ["--since", "2025-12-25T12:00:00+03:00", "--until", "2026-01-01T00:00Z"],
      ["--stand", "eol-1", "--by", "week"],
      ["--stand", "h3", "--operator", ""],
      ["--batch", "B1", "--part-number", "DL-200", "--by", "part-number"],
      ["--process", "#7", "--process", "burn-in", "--all-attempts"],
    ],
    truths: TRUTHS,
  };
}

const LINE = { "part_number": "DL-100", process: "burn-in" };

const TRUTHS: Factory["truths"] = [
  {
    of: { event: "measurement", name: "Clock", ...LINE },
    is: {
      verdict: "limits_vary",
      limits: null,
      "worst_pair": { high: "h3", agrees: true, signal: true },
    },
  },
  {
    of: { event: "measurement", name: "R", "limit_set": 1, ...LINE },
    is: {
      "limit_sets": 2,
      limits: { lower: 116 },
      drift: [{}, {
        stand: "eol-2",
        rules: [{}, { rule: "eight_one_side", signal: true }],
      }],
    },
  },
  {
    of: { event: "measurement", name: "R", "limit_set": 2, ...LINE },
    is: { limits: { lower: 115 }, verdict: "capable" },
  },
  {
    of: { event: "measurement", name: "Supply", unit: "mV", ...LINE },
    is: { "limit_sets": 1 },
  },
  { of: { event: "warning", code: "shared_stand_name" }, is: { count: 1 } },
  { of: { event: "warning", code: "unit_changed" }, is: { count: 4 } },
  { of: { event: "warning", code: "mixed_plans" }, is: { count: 4 } },
];

/** A unit's runs: most once, some stopped first, some failed and tested again. */
function runsOf(random: Random, unit: number): RunFacts[] {
  const start = START + unit * 3400 + random.below(600);
  const plan = unit % 17 === 3
    ? ["stopped", "passed"]
    : unit % 23 === 5
    ? ["failed", "error", "passed"]
    : unit % 41 === 7
    ? ["passed", "failed"]
    : unit % 53 === 11
    ? ["skipped"]
    : unit % 67 === 13
    ? ["failed", "passed", "passed"]
    : [random.share() < 0.06 ? "failed" : "passed"];
  return plan.map((status, index) =>
    runOf(random, unit, {
      status,
      // The clock of h3 goes back a day, once.
      start: start + index * 90 - (unit === 202 ? 86_400 : 0),
    })
  );
}

function runOf(
  random: Random,
  unit: number,
  { status, start }: { status: string; start: number },
): RunFacts {
  const place = random.below(STANDS.length);
  const fails = status === "failed" || status === "error";
  const stop = start + 25 + random.below(20) - (unit % 97 === 1 ? 300 : 0);
  return {
    ...STANDS[place],
    start,
    stop,
    status,
    name: unit % 5 === 0 ? "plan b" : "plan a",
    part: unit % 7 === 0 ? "DL-200" : "DL-100",
    serial: unit % 19 === 2
      ? [null, "", "N/A", "Unknown"][unit % 4]
      : serial(unit),
    process: unit % 3 === 0 ? { number: 7 } : { name: " burn-in" },
    batch: unit < 150 ? "B1" : unit < 300 ? "B2" : null,
    operator: ["Ada", "Linus", "  ", null][unit % 4],
    errorCode: status === "error" ? 500 : null,
    cause: fails && unit % 2 === 0 ? "test_osc::test_clock" : null,
    cases: casesOf(random, unit, { place, status }),
  };
}

function serial(unit: number): string {
  return `DL-${1000 + unit}`;
}

function casesOf(
  random: Random,
  unit: number,
  { place, status }: { place: number; status: string },
): RunFacts["cases"] {
  const fails = status === "failed" || status === "error";
  const drift = place === 1 ? Math.max(0, unit - 400) * 0.02 : 0;
  const shift = place === 2 ? 5 : 0;
  const clock = random.normal(1e6 + shift, 2, 12);
  const limit = 1000 + unit % 40;
  return [
    {
      module: "test_term",
      key: "test_resistor",
      attempt: unit % 11 === 0 ? 3 : 1,
      to: 2 + random.below(9),
      measurements: [
        numeric("R", random.normal(120 + drift, 0.4), {
          unit: "Ohm",
          operation: "gele",
          lower: unit < 250 ? 115 : 116,
          upper: 125,
        }),
        supply(random, unit),
      ],
    },
    {
      module: "test_osc",
      key: "test_clock",
      status: fails ? "failed" : status === "passed" ? "passed" : "skipped",
      from: status === "skipped" ? null : 4,
      to: status === "skipped" ? null : 9,
      message: fails ? messageOf(unit) : null,
      msg: {
        a: "  ",
        b: `clock 0x${unit.toString(16)} at ${clock} Hz\r\nmore`,
      },
      measurements: status === "skipped" ? [] : [
        numeric("Clock", clock, {
          unit: "Hz",
          operation: "gtlt",
          lower: 1e6 - limit,
          upper: 1e6 + limit,
          result: !fails,
        }),
      ],
    },
  ];
}

/** Volts at first, millivolts later. */
function supply(random: Random, unit: number): Json {
  const volts = random.normal(3.3, 0.01);
  const options = { operation: "ge", comparison: 3.1 };
  return unit < 520
    ? numeric("Supply", volts, options)
    : numeric("Supply", volts * 1000, {
      ...options,
      unit: "mV",
      comparison: 3100,
    });
}

function messageOf(unit: number): string | null {
  const messages = [
    `AssertionError: ${serial(unit)} off by ${unit}.5e-3 at 2026-01-0${
      1 + unit % 9
    } 12:00:01\nassert 1`,
    `\n  Timeout\tafter  ${unit} s, R10${
      unit % 10
    } id 0f8fad5b-d9cb-469f-a165-70867728950e`,
    null,
  ];
  return messages[unit % messages.length] ?? null;
}
