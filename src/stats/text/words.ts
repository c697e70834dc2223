import type { MeasurementEvent } from "../events.ts";
import { splitAt, widthOf } from "../../system/text_width.ts";
import type { Limits } from "../figures.ts";

/** How texts of documents are made fit for the reader. */
export type Clean = (text: string) => string;

/** `85.3%`; a dash for a rate of nothing. */
export function percent(rate: number | null): string {
  if (rate === null) return "–";
  const text = (rate * 100).toFixed(1);
  // What is not all must not look like all.
  if (text === "100.0" && rate < 1) return "99.9%";
  return text === "0.0" && rate > 0 ? "0.1%" : `${text}%`;
}

/** `70–87%` */
export function percentRange(low: number | null, high: number | null): string {
  if (low === null || high === null) return "";
  return `${(low * 100).toFixed(0)}–${(high * 100).toFixed(0)}%`;
}

/** Two decimals, or a power of ten where they would need too much room. */
export function decimal(value: number | null): string {
  if (value === null) return "–";
  return Math.abs(value) < 1000 ? value.toFixed(2) : value.toExponential(1);
}

/** `0.60–0.74`, `-0.18 to 0.02`. */
export function indexRange(low: number | null, high: number | null): string {
  return [decimal(low), decimal(high)].join((low ?? 0) < 0 ? " to " : "–");
}

/** A number as short as it can be told: 6 digits. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

export interface Product {
  readonly "part_number": string | null;
  readonly process: string | null;
}

/** `SH-4 EOL`; a dash stands for a missing part number. */
export function productName(product: Product, clean: Clean): string {
  const { part_number: part, process } = product;
  return clean([part ?? "–", process ?? "–"].join(" "));
}

/** Of names that are too long the beginning and the end tell most. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const [head] = splitAt(text, Math.ceil((width - 1) / 2));
  // Not in the middle of a character.
  let tail = text.slice(-width).replace(/^[\udc00-\udfff]/, "");
  while (widthOf(tail) > width - 1 - widthOf(head)) {
    tail = tail.slice(splitAt(tail, 1)[0].length);
  }
  return `${head.trimEnd()}…${tail.trimStart()}`;
}

const SIGNS: ReadonlyMap<string | null, string> = new Map([
  ["ge", "≥"],
  ["gt", ">"],
  ["le", "≤"],
  ["lt", "<"],
]);

/** `≤ 100 uA`, `3.2 to 3.4 V`; empty without limits. */
export function limitsText(limits: Limits | null, unit: string | null): string {
  const behind = unit === null ? "" : ` ${unit}`;
  if (limits === null) return "";
  const { operation, lower, upper, comparison } = limits;
  const sign = SIGNS.get(operation);
  if (sign !== undefined) {
    return typeof comparison === "number"
      ? `${sign} ${shortNumber(comparison)}${behind}`
      : "";
  }
  if (lower !== null && upper !== null) {
    return `${shortNumber(lower)} to ${shortNumber(upper)}${behind}`;
  }
  if (lower !== null) return `≥ ${shortNumber(lower)}${behind}`;
  return upper === null ? "" : `≤ ${shortNumber(upper)}${behind}`;
}

/**
 * Names measurements: by their own name, else that of their case. A number tells
 * equal names in a case apart, the case those of several cases.
 */
export function measurementNames(
  events: readonly MeasurementEvent[],
  clean: Clean,
): (event: MeasurementEvent) => string {
  const nameOf = ({ name, case: testCase, index }: MeasurementEvent) =>
    (name ?? testCase) + (index > 1 ? ` #${index}` : "");
  const caseOf = ({ module, case: testCase }: MeasurementEvent) =>
    `${module}::${testCase}`;
  const keyOf = (event: MeasurementEvent) =>
    JSON.stringify([event.part_number, event.process, nameOf(event)]);
  const cases = new Map<string, string | null>();
  for (const event of events) {
    const known = cases.get(keyOf(event)) ?? caseOf(event);
    const isOne = cases.get(keyOf(event)) !== null && known === caseOf(event);
    cases.set(keyOf(event), isOne ? known : null);
  }
  return (event) =>
    clean(
      cases.get(keyOf(event)) === null
        ? `${caseOf(event)} ${nameOf(event)}`
        : nameOf(event),
    );
}
