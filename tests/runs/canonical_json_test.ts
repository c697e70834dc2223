import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalText } from "./canonical_text.ts";
import { pointer } from "../../src/runs/json/pointer.ts";
import { isList, lastOf, type Plain, readPlain } from "./plain_json.ts";

/** What `digestOf` describes, step by step. */
function described(text: string): string {
  const run = readPlain(text) as Exclude<Plain, string | readonly Plain[]>;
  const members = inOrder(run.members)
    .filter(([key]) => key !== "rev" && key !== "id");
  const long = members.flatMap(([key, value]) => longIn(value, [key]));
  const digits = long.map(([pointer, digits]) =>
    `${JSON.stringify(pointer)}:${JSON.stringify(digits)}`
  );
  return written({ members }) +
    (digits.length === 0 ? "" : `{${digits.join(",")}}`);
}

type Member = readonly [key: string, value: Plain];

function written(value: Plain): string {
  if (typeof value === "string") return JSON.stringify(JSON.parse(value));
  if (isList(value)) return `[${value.map(written).join(",")}]`;
  const members = inOrder(value.members).map(([key, inner]) =>
    `${JSON.stringify(key)}:${written(inner)}`
  );
  return `{${members.join(",")}}`;
}

function inOrder(members: readonly Member[]): Member[] {
  const last = [...lastOf(members)];
  return [
    ...last.filter(([key]) => isIndex(key))
      .sort(([a], [b]) => Number(a) - Number(b)),
    ...last.filter(([key]) => !isIndex(key)),
  ];
}

function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) <= 4_294_967_294;
}

type Long = [pointer: string, digits: string | (string | null)[]];

function longIn(value: Plain, keys: readonly (string | number)[]): Long[] {
  if (typeof value === "string") {
    return isLong(value) ? [[pointer(...keys), value]] : [];
  }
  if (!isList(value)) {
    return inOrder(value.members)
      .flatMap(([key, inner]) => longIn(inner, [...keys, key]));
  }
  if (value.some((one) => typeof one !== "string")) {
    return value.flatMap((inner, index) => longIn(inner, [...keys, index]));
  }
  const digits = (value as string[]).map((one) => isLong(one) ? one : null);
  return digits.some((one) => one !== null) ? [[pointer(...keys), digits]] : [];
}

function isLong(literal: string): boolean {
  if (!/^-?\d+$/.test(literal)) return false;
  const digits = BigInt(literal);
  return digits > 2n ** 53n - 1n || digits < -(2n ** 53n - 1n);
}

const literals = fc.oneof(
  fc.constantFrom(
    ...["0", "-0", "1.0", "1e0", "1E+2", "0.1000", "1e21", "1e-7", "1e400"],
    ...["9007199254740991", "9007199254740992", "-9007199254740993"],
    ...["12345678901234567890", "9007199254740993.0", "9".repeat(400)],
    ...["true", "false", "null", '"\\ud800"', '"\\u00E9\\/"', '"\\u001F"'],
  ),
  fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
);
const keys = fc.oneof(
  fc.constantFrom(
    ...["a", "b", "", "/", "~1", "0", "1", "10", "9", "01", "-1", "1.0"],
    ...["4294967294", "4294967295", "9007199254740993", "\ud800", "\uffff"],
    ...["__proto__", "constructor", "rev", "id", "\u{1f600}", "toString"],
  ).map((key) => JSON.stringify(key)),
  fc.constantFrom('"\\u0061"', '"__pr\\u006fto__"', '"\\u002f"'),
);
const spaces = fc.constantFrom("", " ", "\n  ", "\r\n\t");

/** JSON texts with equal keys, strange keys, and numbers of any spelling. */
const { object } = fc.letrec<Record<"value" | "list" | "object", string>>(
  (tie) => ({
    value: fc.oneof({ maxDepth: 5 }, literals, tie("list"), tie("object")),
    list: fc.tuple(spaces, fc.array(tie("value"), { maxLength: 5 }))
      .map(([space, list]) => `[${space}${list.join(`${space},`)}${space}]`),
    object: fc.tuple(
      spaces,
      fc.array(fc.tuple(keys, tie("value")), { maxLength: 5 }),
    ).map(([space, members]) => {
      const parts = members.map(([key, value]) => `${key}${space}:${value}`);
      return `{${space}${parts.join(`,${space}`)}${space}}`;
    }),
  }),
);

Deno.test("canonicalJson() is what the documentation of digestOf() describes", () => {
  fc.assert(
    fc.property(object, (text) => {
      assert.equal(
        canonicalText(text),
        described(text),
      );
    }),
    { numRuns: 5000 },
  );
});
