import type { Factory, FactoryFile } from "./factory.ts";
import { Random } from "./random.ts";
import { documentOf, numeric, pythonText, type RunFacts } from "./run_facts.ts";

const UNITS = 240;
const START = Date.UTC(2026, 2, 2, 5) / 1000;
const PART = "CL-100";

/**
 * Two stands, two processes, one measurement that is capable and one that is not. Every twelfth
 * unit fails its final test once and passes when tested again; unit 50 never passes.
 */
export function cleanLine(seed: number): Factory {
  const random = new Random(seed);
  const runs: RunFacts[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    const start = START + unit * 300;
    runs.push(board(random, unit, start));
    const final = finalTest(random, unit, start + 120);
    runs.push(final);
    if (final.status === "passed") continue;
    const again = { isAgain: unit !== 50 };
    runs.push(finalTest(random, unit, start + 200, again));
  }
  return {
    name: "clean line",
    files: runs.map(fileOf),
    flags: [["--serial-number", "CL00012", "--serial-number", "CL00050"]],
    truths: [
      {
        of: { event: "yield", by: null, process: "final" },
        is: {
          units: 240,
          runs: 261,
          "units_passed_first": 219,
          fpy: 219 / 240,
          "final_yield": 239 / 240,
          "retested_units": 21,
          "failed_after_pass": 0,
        },
      },
      {
        of: { event: "yield", by: null, process: "ICT" },
        is: { fpy: 1, fpy_high: 1, lpy: 1 },
      },
      {
        of: { event: "failure", by: "message", process: "final" },
        is: {
          runs: 22,
          units: 21,
          "first_attempts": 21,
          message: "AssertionError: <serial> drew <n> mA",
        },
      },
      {
        of: { event: "measurement", name: "3V3" },
        is: { n: 240, verdict: "capable", outside: 0, absent: 0 },
      },
      {
        of: { event: "measurement", name: "Standby" },
        is: { n: 240, verdict: "not_capable", failed: 21, outside: 21 },
      },
    ],
  };
}

function common(unit: number) {
  return {
    part: PART,
    serial: `CL${String(unit).padStart(5, "0")}`,
    stand: unit % 2 === 0 ? "line-a" : "line-b",
    hwId: unit % 2 === 0 ? "aaaa" : "bbbb",
    timezone: "Europe/Berlin",
    batch: `B${Math.floor(unit / 60)}`,
    operator: unit % 3 === 0 ? "Ada" : "Linus",
  };
}

function board(random: Random, unit: number, start: number): RunFacts {
  const limits = { operation: "gele", lower: 3.2, upper: 3.4 };
  const value = random.normal(3.3, 0.015);
  return {
    ...common(unit),
    start,
    stop: start + 20 + random.below(10),
    status: "passed",
    process: { name: "ICT", number: 1 },
    cases: [{
      module: "test_1_power",
      key: "test_3v3",
      measurements: [numeric("3V3", value, limits)],
    }],
  };
}

/** Fails for every twelfth unit, and for unit 50, by a current that is above its limit. */
function finalTest(
  random: Random,
  unit: number,
  start: number,
  { isAgain = false }: { isAgain?: boolean } = {},
): RunFacts {
  const fails = !isAgain && (unit % 12 === 0 || unit === 50);
  const current = Number((80 + random.share() * 19).toFixed(2)) +
    (fails ? 30 : 0);
  const facts = common(unit);
  return {
    ...facts,
    start,
    stop: start + 40 + random.below(5),
    status: fails ? "failed" : "passed",
    process: { name: "final", number: 2 },
    cause: fails ? "test_2_current::test_standby" : null,
    errorCode: fails ? 12 : null,
    cases: [
      { module: "test_1_boot", key: "test_boot", from: 1, to: 12 },
      {
        module: "test_2_current",
        key: "test_standby",
        status: fails ? "failed" : "passed",
        message: fails
          ? `AssertionError: ${facts.serial} drew ${current} mA\nassert False`
          : null,
        measurements: [numeric("Standby", current, {
          unit: "mA",
          operation: "le",
          comparison: 100,
          result: !fails,
        })],
      },
    ],
  };
}

function fileOf(run: RunFacts, index: number): FactoryFile {
  return {
    path: `reports/${String(index).padStart(5, "0")}.json`,
    content: pythonText(documentOf(run), 2),
  };
}
