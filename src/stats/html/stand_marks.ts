import { MARKS } from "../../page/marks.ts";
import type { YieldEvent } from "../events.ts";

/** Each stand has one mark on the whole page; those with few runs share the last. */
export class StandMarks {
  readonly #marks = new Map<string | null, number>();
  readonly #isShared: boolean;

  /** @param yields of stands. */
  constructor(yields: readonly YieldEvent[]) {
    const runs = new Map<string | null, number>();
    for (const { group, runs: count } of yields) {
      runs.set(group, (runs.get(group) ?? 0) + count);
    }
    const largest = [...runs].sort(([, a], [, b]) => b - a)
      .map(([stand]) => stand);
    this.#isShared = largest.length > MARKS;
    const own = largest.slice(0, this.#isShared ? MARKS - 1 : MARKS);
    // In the order of their names, so that neighbours in a table have neighbouring marks.
    [...runs.keys()].filter((stand) => own.includes(stand))
      .forEach((stand, index) => this.#marks.set(stand, index));
  }

  of(stand: string | null): number {
    return this.#marks.get(stand) ?? MARKS - 1;
  }

  isOwn(stand: string | null): boolean {
    return this.#marks.has(stand);
  }
}
