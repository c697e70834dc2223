import { Budget } from "../../../page/budget.ts";
import type { Folded } from "../fold.ts";

export interface PageOptions {
  /** Nothing is folded away for good. */
  readonly all: boolean;
  /** Cases and measurements. */
  readonly rows: Budget;
  /** Characters of artifacts. */
  readonly artifacts: Budget;
  /** Characters of charts. */
  readonly charts: Budget;
}

const ROWS = 4000;
const ARTIFACT_CHARACTERS = 500_000;
const CHART_CHARACTERS = 2_000_000;

export function pageOptions(all: boolean): PageOptions {
  return {
    all,
    rows: new Budget(all ? Infinity : ROWS),
    artifacts: new Budget(ARTIFACT_CHARACTERS),
    charts: new Budget(CHART_CHARACTERS),
  };
}

/** As much of a list as there is budget for; the rest is counted like what was folded. */
export function afforded<T>(
  folded: readonly Folded<T>[],
  budget: Budget,
): Folded<T>[] {
  const result: Folded<T>[] = [];
  const hidden: T[] = [];
  for (const one of folded) {
    if ("item" in one && budget.take(1)) result.push(one);
    else if ("item" in one) hidden.push(one.item);
    else if (budget.isSpent) {
      for (const item of one.hidden) hidden.push(item);
    } else result.push(one);
  }
  return hidden.length === 0 ? result : [...result, { hidden }];
}
