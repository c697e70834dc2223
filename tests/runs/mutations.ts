import fc from "fast-check";

/** Values that nobody expects, as JSON text. */
const STRANGE = [
  "null",
  "true",
  "-0",
  "1e400",
  "9007199254740993",
  "3.0",
  "[]",
  "{}",
  '""',
  '"__proto__"',
  '{"__proto__":{"polluted":true}}',
  '{"a":1,"a":2}',
  '"\\ud800"',
  '"\\u001b[31m\\u202egpj.exe\\u2066"',
  '"<script>alert(1)</script>"',
  `"${"x".repeat(5000)}"`,
  "[".repeat(200) + "]".repeat(200),
  `[${"1,".repeat(500)}1]`,
  "NaN",
  "-Infinity",
] as const;

/** Pieces that break a text, or nearly. */
const PIECES = [
  "",
  ",",
  "}",
  "]",
  '"',
  "\\",
  ":",
  "\u0000",
  "\ufeff",
  "\r\n",
  "NaN",
  '"__proto__":',
  '"dut":',
  "-",
  "e9",
] as const;

const VALUE =
  /(?<=[:[,]\s*)(?:"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|true|false|null|\{\}|\[\])/g;
const KEY = /"(?:[^"\\]|\\.)*"(?=\s*:)/g;

/** Texts made from good documents by a few small changes of value, key or letter. */
export function mutated(texts: readonly string[]): fc.Arbitrary<string> {
  const change = fc.tuple(
    fc.constantFrom("value", "key", "drop", "text"),
    fc.nat(),
    fc.constantFrom(...STRANGE),
    fc.constantFrom(...PIECES),
  );
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { maxLength: 4 }))
    .map(([text, changes]) =>
      changes.reduce((before, [kind, at, strange, piece]) => {
        if (kind === "value") return replaceNth(before, VALUE, at, strange);
        if (kind === "key") {
          return replaceNth(before, KEY, at, JSON.stringify(piece + "name"));
        }
        if (kind === "drop") return dropLine(before, at);
        const index = at % (before.length + 1);
        return before.slice(0, index) + piece + before.slice(index + at % 3);
      }, text)
    );
}

function replaceNth(
  text: string,
  pattern: RegExp,
  at: number,
  replacement: string,
): string {
  const found = [...text.matchAll(pattern)];
  const match = found[at % Math.max(found.length, 1)];
  return match === undefined ? text : text.slice(0, match.index) + replacement +
    text.slice(match.index + match[0].length);
}

function dropLine(text: string, at: number): string {
  const lines = text.split("\n");
  lines.splice(at % lines.length, 1);
  return lines.join("\n");
}
