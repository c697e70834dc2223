import {
  type Capability,
  capabilityOf,
  FEWEST_VALUES,
  NO_INDEX,
  verdictOf,
} from "./capability.ts";
import type {
  MeasurementFigures,
  MeasurementVerdict,
  Series,
} from "./figures.ts";
import { driftOf } from "./drift.ts";
import { type Bounds, boundsOf, isPassFail } from "./limits.ts";
import { seriesByStand, standFigures, worstPairOf } from "./stands.ts";
import { sigmaWithin, type Summary, summaryOf } from "./summary.ts";

const NO_VALUES = {
  n: 0,
  min: null,
  max: null,
  mean: null,
  median: null,
  stdev: null,
};

export function measurementStatistics(series: Series): MeasurementFigures {
  const { kind = "numeric", values, limits, limitsVary = false } = series;
  const summary = summaryOf(values);
  const base = summary ?? NO_VALUES;
  if (kind === "string" || (!limitsVary && isPassFail(limits.operation))) {
    return {
      ...base,
      ...NO_INDEX,
      "sigma_within": null,
      verdict: "pass_fail_only",
      stands: null,
      "worst_pair": null,
      drift: null,
    };
  }
  const bounds = boundsOf(limits);
  const byStand = seriesByStand(series);
  const stands = byStand.length < 2 ? null : standFigures(byStand);
  return {
    ...base,
    ...judged(summary, byStand.map(({ values }) => values), {
      limitsVary,
      bounds,
    }),
    stands,
    "worst_pair": stands && worstPairOf(stands, bounds),
    drift: byStand.map(driftOf).filter((drift) => drift !== null),
  };
}

function judged(
  summary: Summary | undefined,
  byStand: readonly Float64Array[],
  { limitsVary, bounds }: { limitsVary: boolean; bounds: Bounds },
): Capability & Pick<MeasurementFigures, "sigma_within" | "verdict"> {
  const sigma = sigmaWithin(byStand);
  const none = unfitness(bounds, limitsVary);
  if (none !== null || summary === undefined || summary.n < FEWEST_VALUES) {
    const verdict = none ?? "too_few";
    return { ...NO_INDEX, "sigma_within": sigma, verdict };
  }
  const indices = capabilityOf(bounds, { ...summary, sigmaWithin: sigma });
  return {
    ...indices,
    "sigma_within": sigma,
    verdict: indices.ppk === null ? "no_spread" : verdictOf(indices.ppk),
  };
}

/** What is wrong with the limits; null when they can judge. */
function unfitness(
  { lower, upper }: Bounds,
  limitsVary: boolean,
): MeasurementVerdict | null {
  if (limitsVary) return "limits_vary";
  if (lower === null && upper === null) return "no_limits";
  const contradict = lower !== null && upper !== null && lower >= upper;
  return contradict ? "limits_contradict" : null;
}
