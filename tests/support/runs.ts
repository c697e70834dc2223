import { fromRoot } from "../../scripts/compile/paths.ts";

/** A run document that HardPy 0.22.1 wrote: `minimum.jsonloader`. */
export function runFile(name: string): string {
  return fromRoot(`tests/testdata/runs/hardpy-0.22.1/${name}.json`);
}

/** A JSON text without the space around its values: every digit and every escape as it was. */
export function compact(json: string): string {
  return json.replace(/("(?:\\.|[^"\\])*")|\s+/g, "$1");
}

/** The issue of `no_part_number.jsonloader`, as `--json` shows it. */
export const MISSING_PART_NUMBER = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT part number is missing",
  fix: "hardpy.set_dut_part_number",
  line: 22,
  column: 20,
} as const;
