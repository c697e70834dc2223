/** A value and what it is compared with, each as written in the file. */
export interface Limits {
  readonly value: string;
  readonly operation: string | undefined;
  readonly comparison: string | undefined;
  readonly lower: string | undefined;
  readonly upper: string | undefined;
}

/** What an operation asks, in signs. */
export type Relation =
  | { readonly kind: "one"; readonly sign: string }
  | {
    readonly kind: "inside" | "outside";
    /** Value against the lower limit, and against the upper one. */
    readonly low: string;
    readonly high: string;
  };

const RELATIONS = new Map<string, Relation>([
  ["eq", { kind: "one", sign: "=" }],
  ["ne", { kind: "one", sign: "≠" }],
  ["gt", { kind: "one", sign: ">" }],
  ["ge", { kind: "one", sign: "≥" }],
  ["lt", { kind: "one", sign: "<" }],
  ["le", { kind: "one", sign: "≤" }],
  ["gtlt", { kind: "inside", low: ">", high: "<" }],
  ["gele", { kind: "inside", low: "≥", high: "≤" }],
  ["gelt", { kind: "inside", low: "≥", high: "<" }],
  ["gtle", { kind: "inside", low: ">", high: "≤" }],
  ["ltgt", { kind: "outside", low: "<", high: ">" }],
  ["lege", { kind: "outside", low: "≤", high: "≥" }],
  ["legt", { kind: "outside", low: "≤", high: ">" }],
  ["ltge", { kind: "outside", low: "<", high: "≥" }],
]);

export function relationOf(
  operation: string | undefined,
): Relation | undefined {
  return operation === undefined ? undefined : RELATIONS.get(operation);
}

/** Whether a number is what its operation asks; undefined when that cannot be told. */
export function isWithin(limits: Limits): boolean | undefined {
  const { value, lower, upper, comparison } = limits;
  const relation = relationOf(limits.operation);
  if (relation === undefined) return undefined;
  if (relation.kind === "one") return holds(value, relation.sign, comparison);
  const low = holds(value, relation.low, lower);
  const high = holds(value, relation.high, upper);
  if (low === undefined || high === undefined) return undefined;
  return relation.kind === "inside" ? low && high : low || high;
}

function holds(
  left: string,
  sign: string,
  right: string | undefined,
): boolean | undefined {
  const order = right === undefined ? undefined : compare(left, right);
  if (order === undefined) return undefined;
  switch (sign) {
    case "=":
      return order === 0;
    case "≠":
      return order !== 0;
    case ">":
      return order > 0;
    case "≥":
      return order >= 0;
    case "<":
      return order < 0;
    default:
      return order <= 0;
  }
}

const INTEGER = /^-?\d+$/;

/** Exact also for integers beyond 2^53; undefined when one is no number. */
function compare(left: string, right: string): number | undefined {
  if (INTEGER.test(left) && INTEGER.test(right)) {
    const [a, b] = [BigInt(left), BigInt(right)];
    return a === b ? 0 : a < b ? -1 : 1;
  }
  const [a, b] = [Number(left), Number(right)];
  if (Number.isNaN(a) || Number.isNaN(b)) return undefined;
  return a === b ? 0 : a < b ? -1 : 1;
}
