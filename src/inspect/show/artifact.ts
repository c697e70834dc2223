import type { JsonNode } from "./json_node.ts";
import { countText, sizeText } from "../../page/sizes.ts";
import type { Artifact } from "./view.ts";

const KEYS_SHOWN = 20;

/** Undefined when there is none, or nothing in it. */
export function artifactOf(node: JsonNode): Artifact | undefined {
  if (!node.isPresent) return undefined;
  const entries = node.entries();
  const count = entries.length || node.elements().length;
  const isEmptyText = !node.isString && node.literal === undefined;
  if (count === 0 && isEmptyText && node.boolean === undefined) {
    return undefined;
  }
  return {
    summary: `${countText(count || 1, "entry", "entries")}, ${
      sizeText(node.size)
    }`,
    keys: entries.slice(0, KEYS_SHOWN).map(([key]) => node.clean(key)),
    preview: (limit) => node.preview(limit),
  };
}
