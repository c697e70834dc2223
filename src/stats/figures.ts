export type MeasurementKind = "numeric" | "string";

/** What values are compared with. */
export interface Limits {
  readonly operation: string | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** For `eq` and `ne` null unless it is always the same. */
  readonly comparison: number | string | null;
}

/** The values of one measurement within one limit set. */
export interface Series {
  /** In the order of the runs; finite numbers only. */
  readonly values: Float64Array;
  /** For each value, the index of its stand in `standNames`. */
  readonly stands: Uint16Array | Uint32Array;
  /** For each value the start of its run, in milliseconds since 1970. */
  readonly times: Float64Array;
  /** Null: the runs that do not name their stand. */
  readonly standNames: readonly (string | null)[];
  /** All null where the verdict is `limits_vary`. */
  readonly limits: Limits;
  /** The limits belong to the unit: more than 20 limit sets. */
  readonly limitsVary?: boolean;
  /** Default: numeric. A text has no values. */
  readonly kind?: MeasurementKind;
}

export type MeasurementVerdict =
  | "pass_fail_only"
  | "limits_vary"
  | "no_limits"
  | "limits_contradict"
  | "too_few"
  | "no_spread"
  | "capable"
  | "marginal"
  | "not_capable";

/** All fields are there; null where undefined. */
export interface MeasurementFigures {
  /** Finite numbers; of texts: the texts. */
  readonly n: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  readonly median: number | null;
  readonly stdev: number | null;
  readonly "sigma_within": number | null;
  readonly cp: number | null;
  readonly cpk: number | null;
  readonly "cpk_low": number | null;
  readonly "cpk_high": number | null;
  readonly pp: number | null;
  readonly ppk: number | null;
  readonly "ppk_low": number | null;
  readonly "ppk_high": number | null;
  readonly verdict: MeasurementVerdict;
  /** By name; null with fewer than two stands, and where `pass_fail_only`. */
  readonly stands: readonly StandFigures[] | null;
  readonly "worst_pair": WorstPair | null;
  /** Of each stand with 25 values or more that are not all equal, by name; null where `pass_fail_only`. */
  readonly drift: readonly StandDrift[] | null;
}

export interface StandFigures {
  readonly stand: string | null;
  readonly n: number;
  readonly mean: number;
  readonly median: number;
  readonly stdev: number | null;
  readonly min: number;
  readonly max: number;
}

export interface WorstPair {
  readonly high: string | null;
  readonly low: string | null;
  readonly "n_high": number;
  readonly "n_low": number;
  readonly difference: number;
  readonly "median_difference": number;
  readonly t: number | null;
  readonly "share_of_tolerance": number | null;
  readonly agrees: boolean;
  readonly signal: boolean;
}

export interface StandDrift {
  readonly stand: string | null;
  readonly n: number;
  readonly centre: number;
  readonly sigma: number;
  /** Always these three, in this order. */
  readonly rules: readonly DriftRule[];
}

export interface DriftRule {
  readonly rule: "beyond_3_sigma" | "eight_one_side" | "six_trending";
  readonly count: number;
  /** From 1; null when `count` is 0. */
  readonly "first_index": number | null;
  readonly "first_time": string | null;
  /** Points of the longest row; of equally long rows the first. */
  readonly longest: number;
  readonly "longest_from": string | null;
  readonly "longest_side": "above" | "below" | "up" | "down" | null;
  /** A bound of the probability that a steady process shows this. */
  readonly chance: number;
  readonly signal: boolean;
}
