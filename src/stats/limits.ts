import type { Limits } from "./figures.ts";

/** The limits that a capability index can be computed with. */
export interface Bounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

type Test = (value: number, limit: number) => boolean;

const TESTS = {
  gt: (value, limit) => value > limit,
  ge: (value, limit) => value >= limit,
  lt: (value, limit) => value < limit,
  le: (value, limit) => value <= limit,
  eq: (value, limit) => value === limit,
  ne: (value, limit) => value !== limit,
} satisfies Record<string, Test>;

type OneSided = keyof typeof TESTS;

type Operations = ReadonlyMap<string | null, readonly [OneSided, OneSided]>;

/** Each operation with two limits: the test of the lower one, and that of the upper one. */
const INSIDE: Operations = new Map([
  ["gtlt", ["gt", "lt"]],
  ["gele", ["ge", "le"]],
  ["gelt", ["ge", "lt"]],
  ["gtle", ["gt", "le"]],
]);
const OUTSIDE: Operations = new Map([
  ["ltgt", ["lt", "gt"]],
  ["lege", ["le", "ge"]],
  ["legt", ["le", "gt"]],
  ["ltge", ["lt", "ge"]],
]);

/** Operations whose result says all: a distance to a limit means nothing there. */
export function isPassFail(operation: string | null): boolean {
  return operation === "eq" || operation === "ne" ||
    OUTSIDE.has(operation);
}

/** The two limits of a capability index; an operation with one limit gives one of them. */
export function boundsOf(
  { operation, lower, upper, comparison }: Limits,
): Bounds {
  const limit = typeof comparison === "number" ? comparison : null;
  switch (operation) {
    case "ge":
    case "gt":
      return { lower: limit, upper: null };
    case "le":
    case "lt":
      return { lower: null, upper: limit };
    default:
      return isPassFail(operation)
        ? { lower: null, upper: null }
        : { lower, upper };
  }
}

/** Whether a value breaks its own operation. A limit that is missing allows all. */
export function isOutside(value: number, limits: Limits): boolean {
  const { operation, lower, upper, comparison } = limits;
  if (operation !== null && isOneSided(operation)) {
    return !isMet(operation, value, comparison);
  }
  const outside = OUTSIDE.get(operation);
  if (outside !== undefined) {
    return !isMet(outside[0], value, lower) && !isMet(outside[1], value, upper);
  }
  const [above, below] = INSIDE.get(operation) ?? ["ge", "le"];
  return !isMet(above, value, lower) || !isMet(below, value, upper);
}

function isOneSided(operation: string): operation is OneSided {
  return Object.hasOwn(TESTS, operation);
}

function isMet(
  operation: OneSided,
  value: number,
  limit: number | string | null,
): boolean {
  return typeof limit !== "number" || TESTS[operation](value, limit);
}
