import type { JsonNode } from "./json_node.ts";
import { isWithin, type Limits, relationOf } from "./limits.ts";

/** One measured value and what became of it. */
export interface Measurement extends Limits {
  readonly name: string;
  /** With the digits it has in the file; a string in quotes. */
  readonly value: string;
  readonly unit: string;
  readonly ignoresCase: boolean;
  /** As HardPy judged it; undefined when it did not. */
  readonly result: boolean | undefined;
  readonly verdict: Verdict;
}

/** `outside`: not within its limits, although nobody said that it failed. */
export type Verdict = "passed" | "failed" | "outside" | "none";

export function readMeasurement(node: JsonNode, index: number): Measurement {
  const result = node.get("result").boolean;
  const limits: Limits = {
    value: valueText(node.get("value")) ?? "(no value)",
    operation: node.get("operation").line,
    comparison: valueText(node.get("comparison_value")),
    lower: valueText(node.get("lower_limit")),
    upper: valueText(node.get("upper_limit")),
  };
  return {
    ...limits,
    name: node.get("name").line || `measurement ${index + 1}`,
    unit: node.get("unit").line ?? "",
    ignoresCase: node.get("casesensitive").boolean === false,
    result,
    verdict: verdictOf(limits, result),
  };
}

function verdictOf(limits: Limits, result: boolean | undefined): Verdict {
  if (result === false) return "failed";
  if (isWithin(limits) === false) return "outside";
  return result === true ? "passed" : "none";
}

const VALUE_LIMIT = 200;

function valueText(node: JsonNode): string | undefined {
  if (!node.isPresent) return undefined;
  const line = node.literal ?? node.line ?? "";
  const cut = line.length > VALUE_LIMIT
    ? `${line.slice(0, VALUE_LIMIT)}…`
    : line;
  return node.isString ? `"${cut}"` : cut;
}

/** Whether it needs a look. */
export function isOff({ verdict }: Measurement): boolean {
  return verdict === "failed" || verdict === "outside";
}

/** What the value had to be: `≥ 40 and ≤ 50`; empty when nothing was asked of it. */
export function condition(measurement: Measurement): string {
  const { comparison = "?", lower = "?", upper = "?" } = measurement;
  const relation = relationOf(measurement.operation);
  const any = measurement.ignoresCase ? " (any case)" : "";
  if (relation === undefined) {
    return measurement.lower === undefined && measurement.upper === undefined
      ? ""
      : `limits ${lower} and ${upper}, not compared`;
  }
  return relation.kind === "one"
    ? `${relation.sign} ${comparison}${any}`
    : `${relation.low} ${lower} ${
      relation.kind === "inside" ? "and" : "or"
    } ${relation.high} ${upper}`;
}

const MIRRORED: Record<string, string> = { ">": "<", "≥": "≤" };

/** Value and limits in one: `11.4 ≤ 12.04 ≤ 12.6 V`, or what a bad one had to be. */
export function expression(measurement: Measurement): string {
  const { value, unit, verdict, lower = "?", upper = "?" } = measurement;
  const withUnit = unit === "" ? value : `${value} ${unit}`;
  const wanted = condition(measurement);
  if (verdict === "failed") {
    return wanted === "" ? withUnit : `${withUnit}, must be ${wanted}`;
  }
  if (verdict === "outside") {
    const judged = measurement.result === true
      ? "yet judged as passed"
      : "not judged";
    return `${withUnit}, not ${wanted}, ${judged}`;
  }
  const relation = relationOf(measurement.operation);
  if (relation === undefined) {
    return wanted === "" ? withUnit : `${withUnit} (${wanted})`;
  }
  const end = unit === "" ? "" : ` ${unit}`;
  if (relation.kind === "one") return `${value} ${wanted}${end}`;
  return relation.kind === "inside"
    ? `${lower} ${
      MIRRORED[relation.low]
    } ${value} ${relation.high} ${upper}${end}`
    : `${withUnit} (${wanted})`;
}
