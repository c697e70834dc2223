import { numberText } from "../../page/scale.ts";
import type { Limits } from "../figures.ts";

/** A part number in a process. */
export interface Product {
  readonly "part_number": string | null;
  readonly process: string | null;
}

export function productText({ part_number: part, process }: Product): string {
  return `${part ?? "no part number"} · ${process ?? "no process"}`;
}

export function isOf(product: Product): (one: Product) => boolean {
  return ({ part_number, process }) =>
    part_number === product.part_number && process === product.process;
}

export function standText(stand: string | null): string {
  return stand ?? "no stand name";
}

/** Of an RFC 3339 time in UTC: `2026-03-02`. */
export function dayText(time: string | null): string {
  return time?.slice(0, 10) ?? "–";
}

/** `2026-03-02 14:05`. */
export function minuteText(time: string | null): string {
  return time?.slice(0, 16).replace("T", " ") ?? "–";
}

export function daysText(first: string | null, last: string | null): string {
  if (first === null || last === null) return "";
  return first === last ? first : `${first} to ${last}`;
}

/** `1 h 5 min`, `42 s`. */
export function secondsText(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${Number(seconds.toFixed(1))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * A value with the digits that tell it from its neighbours.
 *
 * @param spread what is still worth telling apart, such as a standard deviation.
 */
export function valueText(value: number, spread: number | null): string {
  const size = Math.abs(value);
  if (!spread || size >= 1e7 || (size !== 0 && size < 1e-4)) {
    return numberText(Number(value.toPrecision(5))).replace("-", "−");
  }
  const decimals = 1 - Math.floor(Math.log10(spread));
  const rounded = value.toFixed(Math.min(10, Math.max(0, decimals)));
  return rounded.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")
    .replace(/^-0$/, "0").replace("-", "−");
}

export function withUnit(text: string, unit: string | null): string {
  return unit === null ? text : `${text} ${unit}`;
}

const SIGNS: ReadonlyMap<string | null, readonly [string, string]> = new Map([
  ["gtlt", [">", "<"]],
  ["gele", ["≥", "≤"]],
  ["gelt", ["≥", "<"]],
  ["gtle", [">", "≤"]],
  ["ltgt", ["<", ">"]],
  ["lege", ["≤", "≥"]],
  ["legt", ["≤", ">"]],
  ["ltge", ["<", "≥"]],
]);
const ONE_SIDED: ReadonlyMap<string | null, string> = new Map([
  ["eq", "="],
  ["ne", "≠"],
  ["gt", ">"],
  ["ge", "≥"],
  ["lt", "<"],
  ["le", "≤"],
]);

/** `4.75 to 5.25`, `≤ 100`; empty when nothing is asked. */
export function limitsText(limits: Limits | null): string {
  if (limits === null) return "of each unit";
  const { operation, lower, upper, comparison } = limits;
  const sign = ONE_SIDED.get(operation);
  if (sign !== undefined) {
    return comparison === null
      ? `${sign} of each unit`
      : `${sign} ${limitText(comparison)}`;
  }
  const [low, high] = SIGNS.get(operation) ?? ["≥", "≤"];
  const isOutside = low.startsWith("<") || low === "≤";
  if (lower !== null && upper !== null && low === "≥" && high === "≤") {
    return `${limitText(lower)} to ${limitText(upper)}`;
  }
  return [
    ...(lower === null ? [] : [`${low} ${limitText(lower)}`]),
    ...(upper === null ? [] : [`${high} ${limitText(upper)}`]),
  ].join(isOutside ? " or " : ", ");
}

/** Every digit: the value of a limit is what was asked. */
export function limitText(limit: number | string): string {
  return typeof limit === "number"
    ? numberText(limit).replace("-", "−")
    : limit;
}
