import type { RunFacts } from "./collect/run_facts.ts";
import type { LocalDays } from "./local_days.ts";

/** A local day of the run, or a moment in milliseconds since 1970. */
export type Bound =
  & { /** As it was typed. */ readonly text: string }
  & ({ readonly day: string } | { readonly moment: number });

/** Each text filter takes any of its texts; "" stands for a missing text. */
export interface Filters {
  readonly since?: Bound | undefined;
  readonly until?: Bound | undefined;
  readonly partNumber?: readonly string[] | undefined;
  readonly serialNumber?: readonly string[] | undefined;
  readonly stand?: readonly string[] | undefined;
  readonly batch?: readonly string[] | undefined;
  readonly process?: readonly string[] | undefined;
  readonly operator?: readonly string[] | undefined;
}

export const TEXT_FILTERS = [
  "partNumber",
  "serialNumber",
  "stand",
  "batch",
  "process",
  "operator",
] as const;

export type FilterName = keyof Filters;

/** Tells which runs fit all filters, and counts the runs that each filter removes. */
export class RunFilter {
  readonly removed = new Map<FilterName, number>();
  readonly #filters: Filters;
  readonly #days: LocalDays;

  constructor(filters: Filters, days: LocalDays) {
    this.#filters = filters;
    this.#days = days;
    const given = Object.entries(filters) as [FilterName, unknown][];
    for (const [name, value] of given) {
      if (value !== undefined) this.removed.set(name, 0);
    }
  }

  fits(run: RunFacts): boolean {
    let fits = true;
    for (const [name, count] of this.removed) {
      if (this.#passes(name, run)) continue;
      this.removed.set(name, count + 1);
      fits = false;
    }
    return fits;
  }

  #passes(name: FilterName, run: RunFacts): boolean {
    if (name === "since") return this.#isSince(run);
    if (name === "until") return this.#isUntil(run);
    return this.#filters[name]?.includes(run[name] ?? "") ?? true;
  }

  #isSince(run: RunFacts): boolean {
    const { since } = this.#filters;
    if (since === undefined) return true;
    if ("moment" in since) return run.time * 1000 >= since.moment;
    const day = this.#days.dayOf(run.time, run.timezone);
    return day !== null && day >= since.day;
  }

  #isUntil(run: RunFacts): boolean {
    const { until } = this.#filters;
    if (until === undefined) return true;
    if ("moment" in until) return run.time * 1000 < until.moment;
    const day = this.#days.dayOf(run.time, run.timezone);
    return day !== null && day <= until.day;
  }
}
