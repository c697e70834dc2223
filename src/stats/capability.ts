import type { MeasurementFigures } from "./figures.ts";
import type { Bounds } from "./limits.ts";

/** Below it the interval of an index is wider than any decision. */
export const FEWEST_VALUES = 25;

/** Two-sided 95 % of the normal distribution. */
export const Z = 1.959963984540054;

const CAPABLE = 1.33;
const MARGINAL = 1;

export type Capability = Pick<
  MeasurementFigures,
  | "cp"
  | "cpk"
  | "cpk_low"
  | "cpk_high"
  | "pp"
  | "ppk"
  | "ppk_low"
  | "ppk_high"
>;

export const NO_INDEX: Capability = {
  cp: null,
  cpk: null,
  "cpk_low": null,
  "cpk_high": null,
  pp: null,
  ppk: null,
  "ppk_low": null,
  "ppk_high": null,
};

export interface Process {
  readonly n: number;
  readonly mean: number;
  readonly stdev: number | null;
  readonly sigmaWithin: number | null;
}

/** Cp and Cpk with the short-term spread, Pp and Ppk with the long-term one. */
export function capabilityOf(bounds: Bounds, process: Process): Capability {
  const { n, mean } = process;
  const [cp, cpk] = indices(bounds, mean, process.sigmaWithin);
  const [pp, ppk] = indices(bounds, mean, process.stdev);
  const [cpkLow, cpkHigh] = interval(cpk, n);
  const [ppkLow, ppkHigh] = interval(ppk, n);
  return {
    cp,
    cpk,
    "cpk_low": cpkLow,
    "cpk_high": cpkHigh,
    pp,
    ppk,
    "ppk_low": ppkLow,
    "ppk_high": ppkHigh,
  };
}

type MaybeNumber = number | null;

/** The index of the width between both limits, and that of the nearer limit. */
function indices(
  { lower, upper }: Bounds,
  mean: number,
  sigma: number | null,
): [MaybeNumber, MaybeNumber] {
  if (sigma === null || sigma === 0) return [null, null];
  const distances: number[] = [];
  if (upper !== null) distances.push(upper - mean);
  if (lower !== null) distances.push(mean - lower);
  const both = lower !== null && upper !== null
    ? (upper - lower) / (6 * sigma)
    : null;
  if (distances.length === 0) return [null, null];
  return [both, Math.min(...distances) / (3 * sigma)];
}

/** 95 % (Bissell 1990); approximate, for normal values. */
function interval(
  index: number | null,
  n: number,
): [MaybeNumber, MaybeNumber] {
  if (index === null) return [null, null];
  const half = Z * Math.sqrt(1 / (9 * n) + index ** 2 / (2 * (n - 1)));
  return [index - half, index + half];
}

/** What Ppk says: it is the spread that the units saw. */
export function verdictOf(
  ppk: number,
): "capable" | "marginal" | "not_capable" {
  if (ppk >= CAPABLE) return "capable";
  return ppk >= MARGINAL ? "marginal" : "not_capable";
}
