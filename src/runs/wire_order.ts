import { onOneLine } from "./json/layout.ts";
import type { Slice } from "./json/slices.ts";
import { RUN_TYPES, sentAs } from "./model/run_types.ts";
import type { Type } from "./model/types.ts";

/**
 * The text of a document that is in wire form already, as HardPy's JsonLoader
 * writes it, without its line breaks; undefined for any other. To see that takes
 * a fraction of the time that `wireForm` takes.
 *
 * @param value the document, parsed; HardPy's schema takes it, and no key stands twice.
 */
export function inWireForm(
  text: string,
  { start, end }: Slice,
  value: unknown,
): string | undefined {
  if (!sentAs(value).isAsSent(value)) return undefined;
  const source = text.slice(start, end);
  return SPELLED_OUT.test(source) ? undefined : onOneLine(source);
}

/** A whole number with a fraction or an exponent, which its field does not keep. */
const SPELLED_OUT = new RegExp(
  `"(?:${
    [...new Set(wholeNumbersOf(RUN_TYPES.D))].join("|")
  })"\\s*:\\s*-?\\d+[.eE]`,
);

/** Keys of all whole numbers in a type. */
function wholeNumbersOf({ holds }: Type): string[] {
  switch (holds.kind) {
    case "list":
    case "map":
      return wholeNumbersOf(holds.elements);
    case "object":
      return holds.rows.flatMap((row) =>
        row.holds.kind === "scalar" && row.holds.scalar === "whole number"
          ? [row.key]
          : wholeNumbersOf(row)
      );
    default:
      return [];
  }
}
