import type { Found } from "./rule.ts";
import { NamedPart, type Part } from "./parts.ts";
import type { RunView } from "./run_view.ts";
import { isNumber, quoted } from "../values.ts";

/** A run, a module or a case: what has a start and a stop. */
export interface Timed {
  readonly part: Part;
  readonly kind: "run" | "Module" | "Case";
}

/** Everything with times, in the order of the run. */
export function timedParts(run: RunView): Timed[] {
  const parts: Timed[] = [{ part: run, kind: "run" }];
  for (const module of run.modules) {
    parts.push({ part: module, kind: "Module" });
    for (const one of module.cases) parts.push({ part: one, kind: "Case" });
  }
  return parts;
}

export const KEYS = ["start_time", "stop_time"] as const;
export type TimeKey = typeof KEYS[number];

/** Seconds since 1970; undefined while unknown. */
export function timeOf(part: Part, key: TimeKey): number | undefined {
  const value = part.fields[key];
  return isNumber(value) ? value : undefined;
}

export function finding(
  { part, kind }: Timed,
  { key, severity, says }: {
    key: TimeKey;
    severity: Found["severity"];
    says: string;
  },
): Found {
  const name = part instanceof NamedPart
    ? `${kind} ${quoted(part.name)}`
    : "The run";
  return { severity, path: part.path(key), message: `${name} ${says}` };
}
