import { numberText } from "../../page/scale.ts";
import type { MeasurementEvent } from "../events.ts";
import type { DriftRule, StandDrift } from "../figures.ts";
import { ruleText } from "../text/signals.ts";
import { percent } from "../text/words.ts";
import { standText, valueText, withUnit } from "./words.ts";

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
      text: `${standText(one.stand)}: ${ruleText(rule)} (${oddsText(rule)})`,
    }))
  );
}

/** How unlikely it is that the rule fired in a steady process. */
function oddsText({ chance }: DriftRule): string {
  const bound = chance < 1e-9 ? 1e-9 : Number(chance.toPrecision(1));
  return `by accident at most ${numberText(bound)}`;
}
