import { currentRun } from "./current_run.ts";
import { earlyRun } from "./early_run.ts";
import { type Generation, generationOf } from "./generation.ts";
import type { ObjectType } from "./types.ts";

/** A run document of each generation, as HardPy's own model has it. */
export const RUN_TYPES: Readonly<Record<Generation, ObjectType>> = {
  A: earlyRun("A"),
  B: earlyRun("B"),
  C: currentRun("C"),
  D: currentRun("D"),
};

/** As what a run is sent. One of C is sent as D, which has all of its keys. */
export function sentAs(run: unknown): ObjectType {
  const generation = generationOf(run);
  return RUN_TYPES[generation === "C" ? "D" : generation];
}
