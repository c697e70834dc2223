/** Unicode's White_Space, which pydantic trims; JavaScript's `trim` knows other characters. */
const WHITE_SPACE =
  /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const WHOLE = /^([+-]?)(\d+(?:_\d+)*)(?:\.0+)?$/;
/** Python's own limit for integers in a text. */
const DIGITS_OF_PYTHON = 4300;
const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * Reads a text the way pydantic 2 reads one for an `int`: space around it, a
 * plus sign, leading zeros, single underscores between digits and a fraction
 * of zeros do not matter.
 *
 * @returns a JSON integer; undefined when the text is none.
 */
export function wholeNumberIn(text: string): string | undefined {
  const [, sign, digits = ""] = WHOLE.exec(trimmed(text)) ?? [];
  if (sign === undefined) return undefined;
  const significant = withoutZeros(digits.replaceAll("_", ""));
  return significant.length > DIGITS_OF_PYTHON
    ? undefined
    : signed(sign, significant);
}

/**
 * Reads a text the way pydantic 2 reads one for a `float`, in which underscores
 * may stand almost anywhere. Words like `nan` and `inf`, which pydantic takes,
 * have no JSON number and are refused.
 *
 * @returns a JSON number with every digit of the text; undefined when the text is none.
 */
export function numberIn(text: string): string | undefined {
  const whole = wholeNumberIn(text);
  if (whole !== undefined) return whole;
  const word = trimmed(text);
  if (word.includes("_") && (word !== text || /^_|__|_$/.test(word))) {
    return undefined;
  }
  const match = NUMBER.exec(word.replaceAll("_", ""));
  if (match === null) return undefined;
  const [, sign = "", digits = "", fraction = "", exponent] = match;
  if (digits + fraction === "") return undefined;
  const end = exponent === undefined ? "" : `e${exponent}`;
  return signed(sign, `${withoutZeros(digits)}.${fraction || "0"}${end}`);
}

/** By hand, because a regular expression for the end of a text tries every run of spaces in it. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && WHITE_SPACE.test(text.charAt(start))) start++;
  while (end > start && WHITE_SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "") || "0";
}

function signed(sign: string, number: string): string {
  return sign === "-" && number !== "0" ? `-${number}` : number;
}

const TRUE = ["1", "t", "true", "y", "yes", "on"];
const FALSE = ["0", "f", "false", "n", "no", "off"];

/** Reads a text the way pydantic 2 reads one for a `bool`. */
export function truthIn(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return TRUE.includes(word) ? true : FALSE.includes(word) ? false : undefined;
}
