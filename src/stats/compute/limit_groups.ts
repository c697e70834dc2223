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

interface Growing {
  limits: Limits;
  readonly members: number[];
}

export function limitGroups(
  entries: Uint32Array,
  table: EntryTable,
  isNumeric: boolean,
): LimitGroups {
  const bySet = new Map<number, Growing>();
  const byOperation = new Map<string, Growing>();
  for (const entry of entries) {
    const set = table.setOf(entry);
    const group = bySet.get(set) ?? groupOf(table.limitsOf(set), byOperation);
    bySet.set(set, group);
    group.members.push(entry);
  }
  const groups = [...new Set(bySet.values())];
  if (isNumeric && groups.length > MOST_LIMIT_SETS) {
    return {
      groups: [{ limits: NO_LIMITS, entries }],
      limitSets: groups.length,
      limitsVary: true,
    };
  }
  // Each run has one entry at most, and a later one has a later place in `entries`.
  const lastPlaces = new Map<Growing, number>();
  entries.forEach((entry, place) => {
    const group = bySet.get(table.setOf(entry));
    if (group !== undefined) lastPlaces.set(group, place);
  });
  const placeOf = (group: Growing) => lastPlaces.get(group) ?? 0;
  groups.sort((a, b) => placeOf(b) - placeOf(a));
  return {
    groups: groups.map(({ limits, members }) => ({
      limits,
      entries: Uint32Array.from(members),
    })),
    limitSets: groups.length,
    limitsVary: false,
  };
}

/** With `eq` and `ne` what is compared may differ for each unit: the operation alone is the limit set. */
function groupOf(
  limits: Limits,
  byOperation: Map<string, Growing>,
): Growing {
  const { operation } = limits;
  if (operation !== "eq" && operation !== "ne") return { limits, members: [] };
  const { comparison } = limits;
  const known = byOperation.get(operation);
  if (known === undefined) {
    const group = {
      limits: { ...NO_LIMITS, operation, comparison },
      members: [],
    };
    byOperation.set(operation, group);
    return group;
  }
  if (known.limits.comparison !== comparison) {
    known.limits = { ...known.limits, comparison: null };
  }
  return known;
}
