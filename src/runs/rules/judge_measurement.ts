import type { Fields } from "../values.ts";

type Compare = (value: number, limit: number) => boolean;

const COMPARE: Readonly<Record<string, Compare>> = {
  eq: (value, limit) => value === limit,
  ne: (value, limit) => value !== limit,
  gt: (value, limit) => value > limit,
  ge: (value, limit) => value >= limit,
  lt: (value, limit) => value < limit,
  le: (value, limit) => value <= limit,
};

/** Two halves: how the value compares with the lower limit and with the upper one. */
const TWO_SIDED = /^(?:gtlt|gele|gelt|gtle|ltgt|lege|legt|ltge)$/;

export function isTwoSided(operation: unknown): boolean {
  return typeof operation === "string" && TWO_SIDED.test(operation);
}

/** What HardPy makes of value, operation and limits; undefined when something is missing. */
export function judge(measurement: Fields): boolean | undefined {
  const { value, operation } = measurement;
  if (typeof value === "string") return judgeText(value, measurement);
  if (!isExact(value) || typeof operation !== "string") return undefined;
  if (!isTwoSided(operation)) {
    const limit = measurement["comparison_value"];
    return isExact(limit) ? COMPARE[operation]?.(value, limit) : undefined;
  }
  const { lower_limit: lower, upper_limit: upper } = measurement;
  if (!isExact(lower) || !isExact(upper)) return undefined;
  const isAboveLower = COMPARE[operation.slice(0, 2)]?.(value, lower);
  const isBelowUpper = COMPARE[operation.slice(2)]?.(value, upper);
  // `g…l…` is inside of the limits, `l…g…` outside.
  return operation.startsWith("g")
    ? isAboveLower && isBelowUpper
    : isAboveLower || isBelowUpper;
}

/** HardPy compares texts for being equal only. */
function judgeText(value: string, measurement: Fields): boolean | undefined {
  const { operation, casesensitive } = measurement;
  const other = measurement["comparison_value"];
  if (typeof other !== "string") return undefined;
  const isEqual = casesensitive === false
    ? value.toLowerCase() === other.toLowerCase()
    : value === other;
  if (operation === "eq") return isEqual;
  return operation === "ne" ? !isEqual : undefined;
}

/** Longer integers lose digits here, so comparing them could err. */
function isExact(value: unknown): value is number {
  return typeof value === "number" &&
    Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
