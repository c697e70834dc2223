import { Random } from "../interop/factory/random.ts";
import {
  type CaseFacts,
  documentOf,
  type Json,
  numeric,
  type RunFacts,
} from "../interop/factory/run_facts.ts";
import { type LineCase, PLANS } from "./line_plans.ts";

const STANDS = ["eol-1", "eol-2", "eol-3"];
const FIRST_DAY = Date.UTC(2026, 2, 2);
const DAY = 86_400;

export interface LineFile {
  readonly name: string;
  readonly text: string;
}

/**
 * A line that builds a sensor hub: board test and final test at three stands, on working days.
 * The terminating resistor of eol-2 wears off, eol-3 reads a supply too high, and the standby
 * current is close to its limit.
 */
export function lineFiles(
  { days, unitsPerDay, seed }: {
    days: number;
    unitsPerDay: number;
    seed: number;
  },
): LineFile[] {
  const random = new Random(seed);
  const files: LineFile[] = [];
  let unit = 0;
  for (let day = 0; day < days; day++) {
    const date = FIRST_DAY / 1000 + day * DAY;
    if ([0, 6].includes(new Date(date * 1000).getUTCDay())) continue;
    const count = unitsPerDay + random.below(8) - 4;
    for (let index = 0; index < count; index++, unit++) {
      const start = date + 6 * 3600 + Math.floor(index * 8 * 3600 / count);
      for (const run of runsOf(random, { unit, start, day, days })) {
        files.push(fileOf(run));
      }
    }
  }
  return files;
}

interface Place {
  readonly unit: number;
  readonly start: number;
  readonly day: number;
  readonly days: number;
}

function fileOf(run: RunFacts): LineFile {
  return {
    name: `${run.start}_${run.name}_${run.serial}.json`,
    text: JSON.stringify(documentOf(run), null, 2),
  };
}

/** Board test, final test, and final test again where it failed. */
function runsOf(random: Random, place: Place): RunFacts[] {
  const ict = runOf(random, place, "ICT");
  const later = { ...place, start: place.start + 1500 };
  const first = runOf(random, later, "EOL");
  if (first.status === "passed") return [ict, first];
  const again = runOf(random, { ...later, start: later.start + 700 }, "EOL");
  return random.share() < 0.9 ? [ict, first, again] : [ict, first];
}

function runOf(
  random: Random,
  { unit, start, day, days }: Place,
  process: keyof typeof PLANS,
): RunFacts {
  const stand = process === "ICT" ? "ict-1" : random.one(STANDS);
  const cases: CaseFacts[] = [];
  let [failed, seconds] = [undefined as CaseFacts | undefined, 1];
  for (const one of PLANS[process]) {
    const facts = caseOf(random, one, { stand, age: day / days, seconds });
    seconds += one.seconds;
    cases.push(failed === undefined ? facts : { ...facts, ...SKIPPED });
    if (facts.status === "failed") failed ??= facts;
  }
  const status = failed === undefined ? "passed" : "failed";
  return {
    start,
    stop: start + seconds + random.below(6),
    status: random.share() < 0.006 ? "stopped" : status,
    name: process === "ICT" ? "sensor-hub-ict" : "sensor-hub-eol",
    serial: `SH4-26-${String(1000 + unit)}`,
    part: "SH-4",
    stand,
    hwId: `hw-${stand}`,
    timezone: "Europe/Berlin",
    process: { name: process },
    operator: random.one(["Ada", "Linus", "Grace"]),
    cause: failed === undefined ? null : `${failed.module}::${failed.key}`,
    cases,
  };
}

const SKIPPED = { status: "skipped", measurements: [], message: null } as const;

function caseOf(
  random: Random,
  { module, key, value, seconds: length, ...one }: LineCase,
  { stand, age, seconds }: { stand: string; age: number; seconds: number },
): CaseFacts {
  const base = { module, key, from: seconds, to: seconds + length };
  if (value === undefined) {
    const fails = random.share() < (one.failing ?? 0);
    return {
      ...base,
      ...(fails && { status: "failed", message: one.message?.(random) }),
    };
  }
  const shift = one.shift?.(stand, age) ?? 0;
  const measured = random.normal(value.mean + shift, value.sigma, 4);
  const { lower = -Infinity, upper = Infinity, unit } = value;
  const result = measured >= lower && measured <= upper;
  const entry = numeric(value.name, measured, {
    unit,
    result,
    ...limitsOf(value),
  });
  return {
    ...base,
    status: result ? "passed" : "failed",
    message: result
      ? null
      : `AssertionError: ${value.name} is ${measured} ${unit}`,
    measurements: [entry],
  };
}

function limitsOf({ lower, upper }: Json): Json {
  if (lower !== undefined && upper !== undefined) {
    return { operation: "gele", lower, upper };
  }
  return lower === undefined
    ? { operation: "le", comparison: upper }
    : { operation: "ge", comparison: lower };
}
