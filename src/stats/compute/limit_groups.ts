import type { EntryTable } from "../collect/entry_table.ts";
import type { Limits } from "../figures.ts";

/** The entries of a measurement that have the same limits. */
export interface LimitGroup {
  readonly limits: Limits;
  /** In the order of runs. */
  readonly entries: Uint32Array;
}

export interface LimitGroups {
  /** The one with the latest entry first; only one where the limits vary. */
  readonly groups: readonly LimitGroup[];
  readonly limitSets: number;
  /** The limits belong to the unit. */
  readonly limitsVary: boolean;
}

/** With more limit sets the limits belong to the unit. */
const MOST_LIMIT_SETS = 20;

const NO_LIMITS: Limits = {
  operation: null,
  lower: null,
  upper: null,
  comparison: null,
};

/** A limit set, and the place of its latest entry. */
interface Counted {
  limits: Limits;
  last: number;
}

export function limitGroups(
  entries: Uint32Array,
  table: EntryTable,
  isNumeric: boolean,
): LimitGroups {
  const bySet = new Map<number, Counted>();
  const byOperation = new Map<string, Counted>();
  entries.forEach((entry, place) => {
    const set = table.setOf(entry);
    const group = bySet.get(set) ?? groupOf(table.limitsOf(set), byOperation);
    bySet.set(set, group);
    // Each run has one entry at most, and a later run a later place.
    group.last = place;
  });
  const groups = [...new Set(bySet.values())].sort((a, b) => b.last - a.last);
  const limitSets = groups.length;
  if (isNumeric && limitSets > MOST_LIMIT_SETS) {
    const all = { limits: NO_LIMITS, entries };
    return { groups: [all], limitSets, limitsVary: true };
  }
  return {
    groups: groups.map((group) => ({
      limits: group.limits,
      entries: limitSets === 1
        ? entries
        : entries.filter((entry) => bySet.get(table.setOf(entry)) === group),
    })),
    limitSets,
    limitsVary: false,
  };
}

/** With `eq` and `ne` what is compared may differ for each unit: the operation alone is the limit set. */
function groupOf(
  limits: Limits,
  byOperation: Map<string, Counted>,
): Counted {
  const { operation } = limits;
  if (operation !== "eq" && operation !== "ne") return begun(limits);
  const { comparison } = limits;
  const known = byOperation.get(operation);
  if (known === undefined) {
    const group = begun({ ...NO_LIMITS, operation, comparison });
    byOperation.set(operation, group);
    return group;
  }
  if (known.limits.comparison !== comparison) {
    known.limits = { ...known.limits, comparison: null };
  }
  return known;
}

function begun(limits: Limits): Counted {
  return { limits, last: 0 };
}
