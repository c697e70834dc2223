import { FEWEST_VALUES } from "./capability.ts";
import type { Series, StandFigures, WorstPair } from "./figures.ts";
import type { Bounds } from "./limits.ts";
import { summaryOf } from "./summary.ts";

/** The values of one stand, in the order of runs. */
export interface StandSeries {
  /** Null: the run does not name its stand. */
  readonly stand: string | null;
  readonly values: Float64Array;
  /** When the run of each value began, in milliseconds since 1970. */
  readonly times: Float64Array;
}

/** One series for each stand that has values: a missing name first, then by name. */
export function seriesByStand(
  { values, times, stands, standNames }: Series,
): StandSeries[] {
  const counts = new Uint32Array(standNames.length);
  for (const stand of stands) counts[stand] = (counts[stand] ?? 0) + 1;
  const series = standNames.map((stand, index) => ({
    stand,
    values: new Float64Array(counts[index] ?? 0),
    times: new Float64Array(counts[index] ?? 0),
  }));
  const filled = new Uint32Array(standNames.length);
  for (let index = 0; index < values.length; index++) {
    const stand = stands[index] ?? 0;
    const place = filled[stand] ?? 0;
    const one = series[stand];
    if (one === undefined) continue;
    one.values[place] = values[index] ?? NaN;
    one.times[place] = times[index] ?? NaN;
    filled[stand] = place + 1;
  }
  return series.filter(({ values }) => values.length > 0).sort(byName);
}

function byName({ stand: a }: StandSeries, { stand: b }: StandSeries): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

export function standFigures(
  series: readonly StandSeries[],
): StandFigures[] {
  return series.flatMap(({ stand, values }) => {
    const summary = summaryOf(values);
    return summary === undefined ? [] : [{ stand, ...summary }];
  });
}

const SIGNAL_T = 4;

/** @param stands in the order of their names. Returns null without two stands of 25 values. */
export function worstPairOf(
  stands: readonly StandFigures[],
  { lower, upper }: Bounds,
): WorstPair | null {
  const large = stands.filter(({ n }) => n >= FEWEST_VALUES);
  const high = large.reduce(
    (best, one) => meanOf(one) > meanOf(best) ? one : best,
    large[0],
  );
  const others = large.filter((one) => one !== high);
  const low = others.reduce(
    (best, one) => meanOf(one) < meanOf(best) ? one : best,
    others[0],
  );
  if (high === undefined || low === undefined) return null;
  const difference = meanOf(high) - meanOf(low);
  const medianDifference = high.median - low.median;
  const agrees = difference > 0 && medianDifference >= difference / 2;
  const t = welch(difference, high, low);
  const hasTolerance = lower !== null && upper !== null && lower < upper;
  return {
    high: high.stand,
    low: low.stand,
    "n_high": high.n,
    "n_low": low.n,
    difference,
    "median_difference": medianDifference,
    t,
    "share_of_tolerance": hasTolerance ? difference / (upper - lower) : null,
    agrees,
    signal: agrees && (t === null || t >= SIGNAL_T),
  };
}

function meanOf(stand: StandFigures | undefined): number {
  return stand?.mean ?? NaN;
}

function welch(
  difference: number,
  high: StandFigures,
  low: StandFigures,
): number | null {
  const [a, b] = [high, low].map(({ stdev, n }) => (stdev ?? 0) / Math.sqrt(n));
  const error = Math.hypot(a ?? 0, b ?? 0);
  return error === 0 ? null : difference / error;
}
