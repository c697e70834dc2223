import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { canonicalText } from "./canonical_text.ts";
import { digestOf, formerDigestsOf } from "../../src/runs/digest.ts";
import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";

const RUNS = new URL("../testdata/runs/", import.meta.url);

async function digestOfFile(name: string): Promise<string> {
  const text = await Deno.readTextFile(new URL(name, RUNS));
  return digestOf(wireForm(text, rootOf(text)));
}

const SAME: string[][] = [
  [
    "samples/13_raw_runstore_jsonstorage_0.22.1.json",
    "samples/15_tempstore_jsonstorage_0.22.1.json",
  ],
  [
    "samples/07_failed_wire_0.16.json",
    "samples/17_jsonloader_report_0.22.1.json",
  ],
  [
    "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
    "hardpy-0.22.1/sensor_board_failed.runstore.json",
    "hardpy-0.22.1/sensor_board_failed.tempstore.json",
  ],
];

for (const names of SAME) {
  Deno.test(`digestOf() is the same for ${names.join(", ")}`, async () => {
    const digests = await Promise.all(names.map(digestOfFile));
    assert.equal(new Set(digests).size, 1);
  });
}

Deno.test("digestOf() differs for every other document", async () => {
  const names = [
    "samples/01_min_pass_wire_0.12.json",
    "samples/05_stopped_wire_0.12.json",
    "samples/07_failed_wire_0.16.json",
    "samples/11_couchdb_report_0.19.1.json",
    "hardpy-0.22.1/minimum.jsonloader.json",
    "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
    "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  ];
  const digests = await Promise.all(names.map(digestOfFile));
  assert.equal(new Set(digests).size, names.length);
});

/** Each: a wire form, its canonical text and the beginning of its digest. */
async function documentedVectors(): Promise<string[][]> {
  const source = await Deno.readTextFile(
    new URL("../../src/runs/digest.ts", import.meta.url),
  );
  return [...source.matchAll(
    /^ \* {5}(\{.*\})\n \* {5}(\{.*\}) +([0-9a-f]{16})$/gm,
  )].map((match) => match.slice(1));
}

Deno.test("digestOf() is what its documentation says, on its vectors", async () => {
  const vectors = await documentedVectors();
  assert.equal(vectors.length, 5);
  for (const [wire = "", text = "", digest = ""] of vectors) {
    assert.equal(canonicalText(wire), text);
    const hash = createHash("sha256").update(text).digest("hex");
    assert.equal(digestOf(wire), hash);
    assert.ok(hash.startsWith(digest), `${text} has ${hash}`);
  }
});

Deno.test("digestOf() tells integers apart that a double cannot", () => {
  assert.notEqual(
    digestOf('{"a":9007199254740993}'),
    digestOf('{"a":9007199254740992}'),
  );
});

Deno.test("digestOf() takes a key named __proto__ for a key", () => {
  assert.notEqual(
    digestOf('{"a":{"__proto__":1}}'),
    digestOf('{"a":{}}'),
  );
});

Deno.test("digestOf() of a long document is the hash of its text, wherever its pieces end", () => {
  const pair = "\u{1f600}";
  for (const before of ["", "x", "xx", "xxx"]) {
    const text = JSON.stringify({ a: before + pair.repeat(1_200_000) });
    const hash = createHash("sha256").update(text).digest("hex");
    assert.equal(digestOf(text), hash);
  }
});

Deno.test("digestOf() of a large run is the hash of one text, though that is made in pieces", () => {
  const long = "x".repeat(1_100_000);
  const cases = { a: { chart: { x_data: [[1.5]], y_data: [] }, artifact: {} } };
  const content = { name: long, modules: { m: { cases }, n: {} }, user: null };
  const wire = JSON.stringify({ rev: "1", ...content, id: "2" });
  const { user: _, ...sent } = content;
  for (
    const [digest, expected] of [
      [digestOf(wire), sent],
      [formerDigestsOf(wire)[0], content],
    ] as const
  ) {
    const hash = createHash("sha256").update(JSON.stringify(expected));
    assert.equal(digest, hash.digest("hex"));
  }
});

Deno.test("canonicalJson() is one text whatever space, escapes and spelling of numbers", () => {
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom("1", "-0", "1.50", "12345678901234567890", "1e400"),
      fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
      fc.array(tie("value"), { maxLength: 4 })
        .map((elements) => `[${elements.join(",")}]`),
      fc.uniqueArray(fc.tuple(fc.string(), tie("value")), {
        maxLength: 4,
        selector: ([key]) => key,
      }).map(objectText),
    ),
  }));
  fc.assert(fc.property(value, (value) => {
    const text = `{"a":${value}}`;
    const canonical = canonicalText(text);
    assert.equal(canonicalText(respelled(text)), canonical);
    assert.equal(digitsIn(canonical), digitsIn(text));
  }));
});

function objectText(members: [string, unknown][]): string {
  const parts = members.map(([key, value]) =>
    `${JSON.stringify(key)}:${value}`
  );
  return `{${parts.join(",")}}`;
}

/** The same with space, escapes for all letters, and other spellings of some numbers. */
function respelled(text: string): string {
  return text.replace(
    /"(?:[^"\\]|\\.)*"|[^"\s]+?(?=[\]},:"]|$)|[\]},:]/g,
    (token) =>
      token.startsWith('"')
        ? ` ${escaped(JSON.parse(token))}\n`
        : token === "1.50"
        ? "15e-1"
        : token,
  );
}

function escaped(text: string): string {
  const units = Array.from(
    { length: text.length },
    (_, index) => `\\u${text.charCodeAt(index).toString(16).padStart(4, "0")}`,
  );
  return `"${units.join("")}"`;
}

/** How often the one integer beyond 2^53 occurs. */
function digitsIn(text: string): number {
  return text.split("12345678901234567890").length;
}
