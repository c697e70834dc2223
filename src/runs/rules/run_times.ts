import type { Found } from "./rule.ts";
import type { CaseView, ModuleView, Part, RunView } from "./run_view.ts";
import { isNumber, quoted } from "./values.ts";

/** A run, a module or a case: what has a start and a stop. */
export interface Timed {
  readonly part: Part;
  /** At the beginning of a sentence. */
  readonly name: string;
}

/** Everything with times, in the order of the run. */
export function* timedParts(run: RunView): Generator<Timed> {
  yield { part: run, name: "The run" };
  for (const module of run.modules) {
    yield timedModule(module);
    for (const one of module.cases) yield timedCase(one);
  }
}

export function timedModule(module: ModuleView): Timed {
  return { part: module, name: `Module ${quoted(module.name)}` };
}

export function timedCase(one: CaseView): Timed {
  return { part: one, name: `Case ${quoted(one.name)}` };
}

export const KEYS = ["start_time", "stop_time"] as const;
export type TimeKey = typeof KEYS[number];

/** Seconds since 1970; undefined while unknown. */
export function timeOf(part: Part, key: TimeKey): number | undefined {
  const value = part.fields[key];
  return isNumber(value) ? value : undefined;
}

export function finding(
  { part, name }: Timed,
  { key, severity, says }: {
    key: TimeKey;
    severity: Found["severity"];
    says: string;
  },
): Found {
  return { severity, path: part.path(key), message: `${name} ${says}` };
}
