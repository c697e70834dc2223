import { FEWEST_VALUES } from "./capability.ts";
import type { DriftRule, StandDrift } from "./figures.ts";
import type { StandSeries } from "./stands.ts";
import { at, sigmaWithin, summaryOf } from "./summary.ts";
import { utcText } from "./times.ts";

type Side = NonNullable<DriftRule["longest_side"]>;

/** The points that belong to a rule: 1 for one side, -1 for the other, 0 for neither. */
type Marks = Int8Array;

/** In sigma: a point that is closer to a line is on it. */
const ON_LINE = 1e-6;
/** Share of points that a steady normal process has beyond 3 sigma. */
const BEYOND = 0.0027;
const SIGNAL_CHANCE = 0.001;
const ONE_SIDE_FIRES = 8;
const TREND_FIRES = 6;

/** Individuals chart of one stand. Returns null for too few values, and when all are equal. */
export function driftOf(
  { stand, values, times }: StandSeries,
): StandDrift | null {
  if (values.length < FEWEST_VALUES) return null;
  const summary = summaryOf(values);
  const sigma = sigmaWithin([values]);
  if (summary === undefined || !sigma) return null;
  const { n, mean } = summary;
  const chart = { values, times, centre: mean, sigma };
  return {
    stand,
    n,
    centre: mean,
    sigma,
    rules: [beyond(chart), oneSide(chart), trending(chart)],
  };
}

interface Chart {
  readonly values: Float64Array;
  readonly times: Float64Array;
  readonly centre: number;
  readonly sigma: number;
}

function beyond(chart: Chart): DriftRule {
  const marks = sidesOf(chart, 3);
  const rows = rowsOf(marks, { fires: 1, trend: 0 });
  const { length: n } = marks;
  const m = BEYOND * n;
  const k = rows.count;
  const chance = k > m ? Math.exp(k - m + k * Math.log(m / k)) : 1;
  return rule("beyond_3_sigma", chart, { rows, chance, sides: LEVELS });
}

function oneSide(chart: Chart): DriftRule {
  const marks = sidesOf(chart, 0);
  const rows = rowsOf(marks, { fires: ONE_SIDE_FIRES, trend: 0 });
  const share = marks.filter((mark) => mark === rows.side).length /
    marks.length;
  const places = marks.length - rows.longest + 1;
  const chance = 2 * places * share ** rows.longest;
  return rule("eight_one_side", chart, { rows, chance, sides: LEVELS });
}

function trending(chart: Chart): DriftRule {
  const { values } = chart;
  const marks = new Int8Array(values.length);
  for (let index = 1; index < values.length; index++) {
    marks[index] = Math.sign(at(values, index) - at(values, index - 1));
  }
  // The point before the first step belongs to the trend.
  const rows = rowsOf(marks, { fires: TREND_FIRES, trend: 1 });
  const places = values.length - rows.longest + 1;
  const chance = 2 * places / factorial(rows.longest);
  return rule("six_trending", chart, { rows, chance, sides: STEPS });
}

/** On which side of the centre each point lies, farther from it than so many sigma. */
function sidesOf({ values, centre, sigma }: Chart, width: number): Marks {
  const line = (width + ON_LINE) * sigma;
  return Int8Array.from(values, (value) => {
    const distance = value - centre;
    return Math.abs(distance) < line ? 0 : Math.sign(distance);
  });
}

interface Rows {
  readonly count: number;
  readonly first: number | null;
  readonly longest: number;
  readonly from: number;
  readonly side: number;
}

/** Rows of equal marks. A trend of so many marks has one point more, before the first of them. */
function rowsOf(
  marks: Marks,
  { fires, trend }: { fires: number; trend: 0 | 1 },
): Rows {
  let [count, longest, from, side, length] = [0, 0, 0, 0, 0];
  let first: number | null = null;
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index] ?? 0;
    const goesOn = index > 0 && mark === marks[index - 1];
    length = mark === 0 ? 0 : goesOn ? length + 1 : 1 + trend;
    if (length >= fires) {
      count++;
      first ??= index;
    }
    if (length > longest) {
      [longest, from, side] = [length, index - length + 1, mark];
    }
  }
  return { count, first, longest, from, side };
}

const LEVELS = ["below", "above"] as const;
const STEPS = ["down", "up"] as const;

function rule(
  name: DriftRule["rule"],
  { times }: Chart,
  { rows, chance, sides }: {
    rows: Rows;
    chance: number;
    sides: readonly [Side, Side];
  },
): DriftRule {
  const { count, first, longest, from, side } = rows;
  const bound = Math.min(chance, 1);
  return {
    rule: name,
    count,
    "first_index": first === null ? null : first + 1,
    "first_time": first === null ? null : utcText(at(times, first)),
    longest,
    "longest_from": longest === 0 ? null : utcText(at(times, from)),
    "longest_side": longest === 0 ? null : sides[side > 0 ? 1 : 0],
    chance: bound,
    signal: count > 0 && bound < SIGNAL_CHANCE,
  };
}

function factorial(n: number): number {
  let product = 1;
  for (let factor = 2; factor <= n; factor++) product *= factor;
  return product;
}
