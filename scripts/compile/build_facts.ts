import { fromRoot } from "./paths.ts";
import { DENO_VERSION } from "./targets.ts";

/** What is put into src/system/build.ts. */
export interface BuildFacts {
  readonly version: string;
  /** "" where the program is not built from a known commit. */
  readonly commit: string;
  readonly deno: string;
}

/** The one place that says which version this is. */
export async function programVersion(): Promise<string> {
  const configuration = await Deno.readTextFile(fromRoot("deno.json"));
  return JSON.parse(configuration).version;
}

export async function buildFacts(commit = ""): Promise<BuildFacts> {
  return { version: await programVersion(), commit, deno: DENO_VERSION };
}

/** Throws for a fact that would not stay inside of its string. */
export function fillIn(code: string, facts: BuildFacts): string {
  return Object.entries(facts).reduce((text, [name, fact]) => {
    if (!/^[\w.+-]*$/.test(fact)) throw new Error(`odd ${name}: "${fact}"`);
    return text.replaceAll(`{{${name}}}`, fact);
  }, code);
}
