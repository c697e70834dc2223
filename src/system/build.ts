/**
 * What the compiled program knows of its making: scripts/compile/build_facts.ts
 * puts the values in. A run from source finds the words as they stand here.
 */
const VERSION = "{{version}}";
const COMMIT = "{{commit}}";
const DENO = "{{deno}}";

/** The version of deno.json, or "development" in a run from source. */
export const version: string = filled(VERSION) ?? "development";

/** How a program was made; null where the build told nothing. */
export interface BuildFacts {
  readonly version: string;
  readonly commit: string | null;
  readonly target: string;
  readonly deno: string | null;
  readonly denort: string;
}

/** How this program was made, as `--version --json` tells it. */
export function buildFacts(): BuildFacts {
  return {
    version,
    commit: filled(COMMIT),
    target: Deno.build.target,
    deno: filled(DENO),
    // Of the runtime that this very process runs on.
    denort: Deno.version.deno,
  };
}

/** Null where the build put nothing in. */
function filled(fact: string): string | null {
  return fact === "" || fact.startsWith("{{") ? null : fact;
}
