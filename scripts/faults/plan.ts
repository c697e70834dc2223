import { randomNumbers } from "../sandbox/faults.ts";
import { type Action, ACTIONS, type Fault, isNamed } from "./fault.ts";
import type { Call } from "./trace.ts";

/** One in so many faults of a file with a name lasts. */
const LASTING = 4;

/** What a scenario was seen to do without a fault. */
export interface Recorded {
  readonly scenario: string;
  readonly calls: readonly Call[];
}

/**
 * The faults to try, in an order in which any first part of the list holds
 * about as many of each scenario, system call and action. The same seed and the
 * same calls give the same list.
 */
export function planFaults(
  recorded: readonly Recorded[],
  seed: number,
): Fault[] {
  const random = randomNumbers(seed);
  const rows = recorded.flatMap(({ scenario, calls }) =>
    [...Map.groupBy(places(calls), ({ call }) => call).values()]
      .flatMap((group) =>
        ACTIONS.map((action) =>
          shuffled(group, random).map((place) => ({
            ...place,
            scenario,
            action,
            lasts: mayLast(place, action) && random() < 1 / LASTING,
          }))
        )
      )
  );
  return inTurn(shuffled(rows, random));
}

type Place = Pick<Fault, "call" | "path" | "when">;

/** Where a call can be made to fail, each place once. */
function places(calls: readonly Call[]): Place[] {
  const found = new Map<string, Place>();
  for (const { name, path, number, numberOfPath } of calls) {
    if (path === undefined) continue;
    const when = isNamed(path) ? numberOfPath : number;
    found.set(`${name} ${path} ${when}`, { call: name, path, when });
  }
  return [...found.values()];
}

function mayLast({ path }: Place, action: Action): boolean {
  return isNamed(path) && action !== "KILL";
}

/** The first of each row, then the second of each, and so on. */
function inTurn<T>(rows: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) => index)
    .flatMap((index) => rows.flatMap((row) => row.slice(index, index + 1)));
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values.map((value) => ({ value, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value);
}
