import { contentAsStored } from "../../src/runs/content.ts";
import { canonicalJson } from "../../src/runs/canonical_json.ts";

/** All pieces of it, of a document as it is stored. */
export function canonicalText(
  wire: string,
  value?: Readonly<Record<string, unknown>>,
): string {
  const known = value && { value, hasLongNumbers: true };
  return [...canonicalJson(wire, { known, content: contentAsStored })].join("");
}
