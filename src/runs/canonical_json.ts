import { longIntegersIn } from "./long_integers.ts";

/**
 * One text for all wire forms of the same content; `digestOf` describes it.
 *
 * @param wire a document in wire form.
 * @param value the same, parsed, where somebody has it and no key stands twice in it.
 * @throws `RangeError` when it is nested too deep.
 */
export function canonicalJson(
  wire: string,
  value?: Readonly<Record<string, unknown>>,
): string {
  const { rev: _rev, id: _id, ...content } = value ?? JSON.parse(wire);
  const hasUniqueKeys = value !== undefined;
  const document = { text: wire, value: content, hasUniqueKeys };
  return JSON.stringify(content) + (longIntegersIn(document) ?? "");
}
