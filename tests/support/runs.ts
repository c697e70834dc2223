import { fromRoot } from "../../scripts/compile/paths.ts";

/** A run document that HardPy 0.22.1 wrote: `minimum.jsonloader`. */
export function runFile(name: string): string {
  return fromRoot(`tests/testdata/runs/hardpy-0.22.1/${name}.json`);
}

/** A JSON text without the space around its values: every digit and escape as it was. */
export function compact(json: string): string {
  return json.replace(/("(?:\\.|[^"\\])*")|\s+/g, "$1");
}
