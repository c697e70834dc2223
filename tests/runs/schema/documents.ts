import * as fc from "fast-check";
import { BASES, readBase } from "./bases.ts";
import { type Edit, edited } from "./edits.ts";
import { editsOf, mutations } from "./mutations.ts";

/** A run document, given by what was changed in one that HardPy wrote. */
export interface MutatedDocument {
  readonly base: string;
  readonly edits: readonly Edit[];
}

export interface Sample {
  readonly count: number;
  /** The same seed makes the same documents. */
  readonly seed: number;
}

/** Mutated documents, no two alike, after the bases as they are. */
export function mutatedDocuments({ count, seed }: Sample): MutatedDocument[] {
  const names = Object.keys(BASES);
  const weighted = names.flatMap((name) =>
    Array<string>(BASES[name]?.weight ?? 1).fill(name)
  );
  const document = fc.record({
    base: fc.constantFrom(...weighted),
    mutations,
  }).map(({ base, mutations }) => ({
    base,
    edits: editsOf(readBase(base), mutations),
  }));
  const unique = new Map<string, MutatedDocument>(
    names.map((base) => [base, { base, edits: [] }]),
  );
  for (const mutated of fc.sample(document, { numRuns: 2 * count, seed })) {
    if (unique.size >= count) break;
    unique.set(`${mutated.base}${JSON.stringify(mutated.edits)}`, mutated);
  }
  return [...unique.values()];
}

/** The text, on one line. */
export function textOfDocument({ base, edits }: MutatedDocument): string {
  return edited(readBase(base), edits);
}
