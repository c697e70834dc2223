import { percent } from "../text/words.ts";
import { numberText } from "../../page/scale.ts";
import type { MeasurementEvent } from "../events.ts";
import type { DriftRule, StandDrift } from "../figures.ts";
import { dayText, standText, valueText, withUnit } from "./words.ts";

/** `eol-3 is 0.018 V above eol-1 (n 88 and 78), 9.0% of the tolerance`; undefined without a signal. */
export function pairText(
  { worst_pair: pair, stdev, unit }: MeasurementEvent,
): string | undefined {
  if (!pair?.signal) return undefined;
  const { high, low, n_high: nHigh, n_low: nLow } = pair;
  const amount = withUnit(valueText(pair.difference, stdev), unit);
  const share = pair.share_of_tolerance === null
    ? ""
    : `, ${percent(pair.share_of_tolerance)} of the tolerance`;
  return `${standText(high)} is ${amount} above ${
    standText(low)
  } (n ${nHigh} and ${nLow})${share}`;
}

export interface DriftSignal {
  readonly drift: StandDrift;
  readonly rule: DriftRule;
  readonly text: string;
}

/** What no accident explains, stand by stand. */
export function driftSignals({ drift }: MeasurementEvent): DriftSignal[] {
  return (drift ?? []).flatMap((one) =>
    one.rules.filter(({ signal }) => signal).map((rule) => ({
      drift: one,
      rule,
      text: `${standText(one.stand)}: ${ruleText(rule)}`,
    }))
  );
}

function ruleText(rule: DriftRule): string {
  const { count, longest, longest_side, chance } = rule;
  const odds = `by accident at most ${
    chance < 1e-9 ? "10⁻⁹" : numberText(Number(chance.toPrecision(1)))
  }`;
  const since = dayText(rule.longest_from);
  switch (rule.rule) {
    case "beyond_3_sigma":
      return `${count} beyond 3 sigma, the first on ${
        dayText(rule.first_time)
      } (${odds})`;
    case "eight_one_side":
      return `${longest} in a row ${longest_side} the mean since ${since} (${odds})`;
    case "six_trending":
      return `${longest} in a row going ${longest_side} since ${since} (${odds})`;
  }
}
