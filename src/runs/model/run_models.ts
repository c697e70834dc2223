import { currentRun } from "./current_run.ts";
import { earlyRun } from "./early_run.ts";
import { type Generation, generationOf } from "./generation.ts";
import type { ObjectModel, ObjectType } from "./types.ts";

/** HardPy's own models of a run document. */
export const RUN_MODELS: Readonly<Record<Generation, ObjectType>> = {
  A: earlyRun("A"),
  B: earlyRun("B"),
  C: currentRun("C"),
  D: currentRun("D"),
};

/** The model by which a run is sent: C as D, which says the same and has all of its keys. */
export function sentModelOf(run: unknown): ObjectModel {
  const generation = generationOf(run);
  return RUN_MODELS[generation === "C" ? "D" : generation].holds;
}
