import { canonicalJson } from "../../src/runs/canonical_json.ts";

/** All pieces of it. */
export function canonicalText(
  ...given: Parameters<typeof canonicalJson>
): string {
  return [...canonicalJson(...given)].join("");
}
