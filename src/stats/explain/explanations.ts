import type { Explanation } from "./explanation.ts";
import { failureNumbers } from "./failure_numbers.ts";
import { generalNumbers } from "./general_numbers.ts";
import { measurementNumbers } from "./measurement_numbers.ts";
import { yieldNumbers } from "./yield_numbers.ts";

/** Every number that `--explain` knows. */
export const explanations: readonly Explanation[] = [
  ...yieldNumbers,
  ...failureNumbers,
  ...measurementNumbers,
  ...generalNumbers,
];

export const explainedNames: readonly string[] = explanations.flatMap((
  { names },
) => names);

/** Finds a number by one of its names, in any case. */
export function explanationOf(word: string): Explanation | undefined {
  const name = word.trim().toLowerCase().replaceAll("-", "_");
  return explanations.find(({ names }) =>
    names.some((one) => one.replaceAll("-", "_") === name)
  );
}
