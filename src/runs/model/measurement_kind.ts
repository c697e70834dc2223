import type { Fields } from "../values.ts";
import { numberIn } from "./scalar_text.ts";

/** Whether the string schema is the one to check a measurement by. */
export function isMeantAsString(found: Fields): boolean {
  const { value, type } = found;
  const hasStringKey = Object.hasOwn(found, "casesensitive");
  if (typeof value === "number" || typeof value === "boolean") {
    return type === "string" && hasStringKey;
  }
  if (typeof value !== "string") return type === "string" || hasStringKey;
  if (!spellsNumber(value)) return type === "string" || !hasNumericKey(found);
  // A text like "12" is a number for HardPy where nothing speaks against it.
  const compared = found["comparison_value"];
  return hasStringKey ||
    typeof compared === "string" && !spellsNumber(compared);
}

/**
 * As which kind HardPy holds, and sends, a measurement that its schema accepts.
 * Where both kinds could take it (the value is a text that spells a number),
 * pydantic keeps the string only if no other field needs a conversion, and a
 * word of a fixed list does.
 */
export function heldAs(found: Fields): "numeric" | "string" {
  if (isMeantAsString(found)) return "string";
  if (typeof found["value"] !== "string" || hasNumericKey(found)) {
    return "numeric";
  }
  const { type, operation, result } = found;
  const compared = found["comparison_value"];
  const isExact = type === undefined && (operation ?? null) === null &&
    [undefined, null, true, false].includes(result as boolean) &&
    (typeof compared === "string" || (compared ?? null) === null);
  return isExact ? "string" : "numeric";
}

function hasNumericKey(found: Fields): boolean {
  return ["unit", "lower_limit", "upper_limit"]
    .some((key) => Object.hasOwn(found, key));
}

function spellsNumber(text: string): boolean {
  return numberIn(text) !== undefined;
}
