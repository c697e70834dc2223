import type { MeasurementEvent } from "../events.ts";
import type { DriftRule, StandDrift, WorstPair } from "../figures.ts";
import type { Statistics } from "../statistics.ts";
import { padded } from "../../system/text_width.ts";
import { hanging, moreLine, widest } from "./layout.ts";
import { chosen, type TextOptions } from "./tables.ts";
import {
  cutMiddle,
  measurementNames,
  productName,
  shortNumber,
} from "./words.ts";

interface Signal {
  readonly stand: string;
  readonly text: string;
}

const STAND_WIDTH = 8;
/** So that what a signal says is not lost behind names. */
const NAME_WIDTH = 31;

/** What differs between stands, and what drifts; only where it is no accident. */
export function signalLines(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  const { shown, more } = chosen(signalsOf(statistics, options), options);
  const width = widest(shown.map(({ stand }) => stand), STAND_WIDTH);
  return [
    ...shown.flatMap(({ stand, text }) =>
      hanging(`${padded(stand, width)}  `, text)
    ),
    ...moreLine(more),
  ];
}

/** Drift and differences in turn, the strongest first. */
function signalsOf(
  statistics: Statistics,
  options: TextOptions,
): Signal[] {
  const events = statistics.measurements.map(({ event }) => event)
    .filter((event) => event.limit_set === 1);
  const label = labels(events, statistics, options);
  const drifts = driftsOf(events, label, options);
  const pairs = pairsOf(events, label, options);
  const most = Math.max(drifts.length, pairs.length);
  return Array.from({ length: most }, (_, at) => [drifts[at], pairs[at]])
    .flat().filter((signal) => signal !== undefined);
}

function driftsOf(
  events: readonly MeasurementEvent[],
  label: Label,
  options: TextOptions,
): Signal[] {
  const found = events.flatMap((event) =>
    (event.drift ?? []).flatMap(({ stand, rules }) =>
      rules.filter(({ signal }) => signal)
        .map((rule) => ({ event, stand, rule }))
    )
  ).sort((a, b) => a.rule.chance - b.rule.chance);
  // One line tells enough of one measurement at one stand.
  const seen = new Set<string>();
  return found.filter(({ event, stand }) => {
    const key = `${label(event)} ${stand}`;
    return !seen.has(key) && seen.add(key);
  }).map(({ event, stand, rule }) => ({
    stand: standText(stand, options),
    text: `${label(event)}: ${ruleText(rule)}`,
  }));
}

function pairsOf(
  events: readonly MeasurementEvent[],
  label: Label,
  options: TextOptions,
): Signal[] {
  const strength = ({ share_of_tolerance: share }: WorstPair) => share ?? 0;
  return events.flatMap((event) => {
    const pair = event.worst_pair;
    return pair?.signal ? [{ event, pair }] : [];
  }).sort((a, b) => strength(b.pair) - strength(a.pair)).map((
    { event, pair },
  ) => ({
    stand: standText(pair.high, options),
    text: `${label(event)}: ${pairText(pair, event, options)}`,
  }));
}

function standText(stand: StandDrift["stand"], { clean }: TextOptions): string {
  return cutMiddle(clean(stand ?? "–"), STAND_WIDTH * 2);
}

type Label = (event: MeasurementEvent) => string;

/** `R term (SH-4 EOL)` */
function labels(
  events: readonly MeasurementEvent[],
  { yields }: Statistics,
  { clean }: TextOptions,
): Label {
  const isOne = yields.filter(({ by }) => by === null).length < 2;
  const nameOf = measurementNames(events, clean);
  return (event) => {
    const name = cutMiddle(nameOf(event), NAME_WIDTH);
    const product = cutMiddle(productName(event, clean), NAME_WIDTH);
    return isOne ? name : `${name} (${product})`;
  };
}

/** `33 in a row below the mean since 2026-03-04` */
export function ruleText(rule: DriftRule): string {
  const { longest, longest_side: side, longest_from: from } = rule;
  if (rule.rule === "beyond_3_sigma") {
    return `${rule.count} beyond 3 sigma, the first on ${day(rule.first_time)}`;
  }
  if (rule.rule === "six_trending") {
    const way = side === "up" ? "rising" : "falling";
    return `${longest} in a row ${way} since ${day(from)}`;
  }
  return `${longest} in a row ${side} the mean since ${day(from)}`;
}

function day(time: string | null): string {
  return time?.slice(0, 10) ?? "–";
}

function pairText(
  pair: WorstPair,
  { unit }: MeasurementEvent,
  options: TextOptions,
): string {
  const { clean } = options;
  const { low, n_high: high, n_low: lower, share_of_tolerance: share } = pair;
  const difference = shortNumber(Number(pair.difference.toPrecision(2)));
  const behind = unit === null ? "" : ` ${clean(unit)}`;
  const tolerance = share === null
    ? ""
    : `, ${(share * 100).toFixed(0)}% of tolerance`;
  return `${difference}${behind} above ${
    standText(low, options)
  } (n ${high} and ${lower})${tolerance}`;
}
