import assert from "node:assert/strict";
import { coerceScalar } from "../../../src/runs/model/coerce.ts";
import type { ScalarKind } from "../../../src/runs/model/types.ts";

/** Literal in a document, literal that HardPy 0.22.1 with pydantic 2.14.3 sends for it. */
type Vectors = Readonly<Record<string, string>>;

const WHOLE: Vectors = {
  "12": "12",
  "-3": "-3",
  "null": "null",
  "true": "1",
  "false": "0",
  "3.0": "3",
  "-3.00": "-3",
  "0.0": "0",
  "-0.0": "0",
  "1e3": "1000",
  "1E+2": "100",
  "1.5e1": "15",
  "12.50e1": "125",
  "300e-2": "3",
  "1e-400": "0",
  "0e9": "0",
  "9.2e18": "9200000000000000000",
  "9007199254740993": "9007199254740993",
  "123456789012345678901234567890": "123456789012345678901234567890",
  '"12"': "12",
  '" 12\\n"': "12",
  '"\\u00a012"': "12",
  '"\\u008512"': "12",
  '"+12"': "12",
  '"-00012"': "-12",
  '"000"': "0",
  '"-0"': "0",
  '"1.00"': "1",
  '"1_000"': "1000",
  '"1_000.0"': "1000",
  '"9007199254740993"': "9007199254740993",
};

const NUMBER: Vectors = {
  "null": "null",
  "true": "1",
  "1.50": "1.50",
  "3.0": "3.0",
  "1e400": "1e400",
  "9007199254740993": "9007199254740993",
  '"12"': "12",
  '"1.0"': "1",
  '"1."': "1.0",
  '".5"': "0.5",
  '"-.5"': "-0.5",
  '"+1.5"': "1.5",
  '" 1.5 "': "1.5",
  '"1e3"': "1.0e3",
  '"1.5E-3"': "1.5e-3",
  '"1_0.5"': "10.5",
  '"1e1_0"': "1.0e10",
  '"0.1234567890123456789"': "0.1234567890123456789",
};

const TRUTH: Vectors = {
  "true": "true",
  "null": "null",
  "1": "true",
  "0": "false",
  "1.0": "true",
  "-0.0": "false",
  '"1"': "true",
  '"yes"': "true",
  '"tRue"': "true",
  '"OFF"': "false",
  '"n"': "false",
};

const INFO: Vectors = {
  "true": "1",
  "false": "0",
  "3.0": "3.0",
  '"12"': '"12"',
  '"true"': '"true"',
  "null": "null",
};

/** What HardPy refuses stays, for the message to show it. */
const REFUSED: Readonly<Record<ScalarKind, readonly string[]>> = {
  text: ["1", "true", '"12"'],
  "whole number": ["1.5", '"1.5"', '"1e3"', '"_1"', '"1__0"', '""', "1e400"],
  number: ['"nan"', '"inf"', '"abc"', '"1e"', '"."', '"_1"', '""', '"٣"'],
  "true or false": ["2", '"2"', '" true"', '""', "0.5"],
  "info value": ['"x"'],
};

const TABLES: readonly (readonly [ScalarKind, Vectors])[] = [
  ["whole number", WHOLE],
  ["number", NUMBER],
  ["true or false", TRUTH],
  ["info value", INFO],
];

for (const [kind, vectors] of TABLES) {
  Deno.test(`coerceScalar() writes each literal of the kind ${kind} as HardPy does`, () => {
    const written = Object.keys(vectors).map((literal) =>
      [literal, coerceScalar(kind, literal)] as const
    );
    assert.deepEqual(Object.fromEntries(written), vectors);
  });
}

Deno.test("coerceScalar() leaves a literal that HardPy refuses", () => {
  for (const [kind, literals] of Object.entries(REFUSED)) {
    for (const literal of literals) {
      assert.equal(coerceScalar(kind as ScalarKind, literal), literal);
    }
  }
});
