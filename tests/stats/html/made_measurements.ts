import type { MeasurementEvent } from "../../../src/stats/events.ts";
import type { Limits } from "../../../src/stats/figures.ts";
import { isOutside } from "../../../src/stats/limits.ts";
import { measurementStatistics } from "../../../src/stats/measurement_statistics.ts";
import type {
  MeasurementResult,
  MeasurementSeries,
} from "../../../src/stats/statistics.ts";
import { randomFrom } from "../../support/random.ts";
import { PRODUCT, TIMES } from "./made_statistics.ts";

export interface MadeMeasurement {
  readonly values: Float64Array;
  readonly limits?: Limits;
  readonly standNames?: readonly (string | null)[];
  readonly standOf?: (index: number) => number;
  readonly event?: Partial<MeasurementEvent>;
}

/** A measurement with the numbers that its values give. */
export function measurementOf({
  values,
  limits = NO_LIMITS,
  standNames = ["eol-1"],
  standOf = () => 0,
  event = {},
}: MadeMeasurement): MeasurementResult {
  const series: MeasurementSeries = {
    values,
    stands: Uint16Array.from(values, (_, index) => standOf(index)),
    times: Float64Array.from(
      values,
      (_, index) => Date.UTC(2026, 2, 2, 6) + index * 600_000,
    ),
    standNames,
    limits,
    outside: Uint8Array.from(
      values,
      (value) => isOutside(value, limits) ? 1 : 0,
    ),
  };
  return {
    event: {
      event: "measurement",
      ...PRODUCT,
      module: "test_1_supply",
      case: "test_rail",
      name: "3V3",
      index: 1,
      unit: "V",
      kind: "numeric",
      limits,
      "limit_set": 1,
      "limit_sets": 1,
      sample: "first_attempts",
      ...TIMES,
      ...measurementStatistics(series),
      missing: 0,
      absent: 0,
      failed: 0,
      unjudged: 0,
      outside: series.outside.reduce((sum, one) => sum + one, 0),
      ...event,
    },
    series: () => series,
  };
}

const NO_LIMITS: Limits = {
  operation: null,
  lower: null,
  upper: null,
  comparison: null,
};

/** Inside operations. */
export function between(lower: number, upper: number): Limits {
  return { operation: "gele", lower, upper, comparison: null };
}

/** Values like those of a process; the same for the same seed. */
export function normal(
  count: number,
  { mean, stdev, seed = 1 }: { mean: number; stdev: number; seed?: number },
): Float64Array {
  const random = randomFrom(seed);
  return Float64Array.from({ length: count }, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return mean + stdev * radius * Math.cos(2 * Math.PI * random());
  });
}
