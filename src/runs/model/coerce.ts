import { numberIn, truthIn, wholeNumberIn } from "./scalar_text.ts";
import type { ScalarKind } from "./types.ts";

/**
 * Writes the literal of a scalar as HardPy's models hold its value: `"12"` and
 * `12.0` are 12 for a whole number, `true` is 1 for an info value. A literal
 * that is right already, and one that HardPy refuses, stay as they are; no
 * digit is lost.
 *
 * @param literal a number, string, `true`, `false` or `null` as it stands in a JSON text.
 */
export function coerceScalar(kind: ScalarKind, literal: string): string {
  if (kind === "text" || literal === "null") return literal;
  if (kind === "true or false") return asTruth(literal);
  if (literal === "true") return "1";
  if (literal === "false") return "0";
  if (kind === "info value") return literal;
  const text = textIn(literal);
  if (kind === "number") {
    return text === undefined ? literal : numberIn(text) ?? literal;
  }
  return (text === undefined ? asWholeNumber(literal) : wholeNumberIn(text)) ??
    literal;
}

function textIn(literal: string): string | undefined {
  return literal.startsWith('"') ? JSON.parse(literal) : undefined;
}

function asTruth(literal: string): string {
  const text = textIn(literal);
  const value = text === undefined ? Number(literal) : truthIn(text);
  if (value === 1 || value === true) return "true";
  return value === 0 || value === false ? "false" : literal;
}

const INTEGER = /^-?\d+$/;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** No whole number that HardPy takes from a fraction or an exponent has more: it is a 64-bit one. */
const DIGITS_OF_64_BITS = 19;

/** `3.0` and `0.3e1` as `3`. */
function asWholeNumber(literal: string): string | undefined {
  if (INTEGER.test(literal)) return literal;
  if (!Number.isInteger(Number(literal))) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    DECIMAL.exec(literal) ?? [];
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const isExact = point > 0 && /^0*$/.test(digits.slice(point));
  const magnitude = isExact && point <= DIGITS_OF_64_BITS + leadingZeros(digits)
    ? digits.slice(0, point).padEnd(point, "0").replace(/^0+(?=\d)/, "")
    : String(BigInt(Math.abs(Number(literal))));
  return magnitude === "0" ? "0" : sign + magnitude;
}

function leadingZeros(digits: string): number {
  return digits.length - digits.replace(/^0+/, "").length;
}
