import { contentAsStored } from "../../src/runs/content.ts";
import { canonicalJson } from "../../src/runs/canonical_json.ts";

/** All pieces of it, of a document as it is stored. */
export function canonicalText(
  wire: string,
  value?: Readonly<Record<string, unknown>>,
): string {
  const content = contentAsStored;
  return [...canonicalJson(wire, { value, content })].join("");
}
