/** A fault of one line, and the tests that have to see it. */
export interface Mutant {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly text: string;
  readonly replacement: string;
  readonly tests: readonly string[];
}

/** Faults of one file, which the same tests see. */
export interface Faults {
  readonly file: string;
  readonly tests: readonly string[];
  readonly faults: readonly (readonly [text: string, replacement: string])[];
}

export function mutantsOf(all: readonly Faults[]): Mutant[] {
  return all.flatMap(({ file, tests, faults }) =>
    faults.map(([text, replacement]) => ({ file, text, replacement, tests }))
  );
}

/** The source with the fault; undefined unless its place is found exactly once. */
export function mutated(
  source: string,
  { text, replacement }: Pick<Mutant, "text" | "replacement">,
): string | undefined {
  const [before, after, ...more] = source.split(text);
  return before === undefined || after === undefined || more.length > 0
    ? undefined
    : before + replacement + after;
}
