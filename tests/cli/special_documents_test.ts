import assert from "node:assert/strict";
import { run } from "../../src/cli/run.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { eventsOf } from "./run_in.ts";

const COMMANDS = [
  ["validate", "--json"],
  ["validate", "--verbose"],
  ["validate", "--format", "github"],
  ["validate", "--format", "junit"],
  ["validate", "--format", "sarif"],
  ["show"],
  ["show", "--all"],
  ["show", "--json"],
  ["show", "--html", "-"],
];

async function outputOf(text: string, args: readonly string[]) {
  const system = fakeSystem("/nowhere", { stdin: text });
  const code = await run([...args, "-"], system);
  const { stdout, stderr } = system.terminal;
  return { code, stdout: stdout(), stderr: stderr() };
}

function repeated(count: number, part: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => part(index)).join(",");
}

const PROTO =
  '{"__proto__":{"a":1},"modules":{"__proto__":{"cases":{"__proto__":{"measurements":[{"__proto__":1,"value":1}]}}}}}';

const SPECIAL: Record<string, () => string> = {
  "lists nested 100,000 deep": () =>
    `{"modules":{},"artifact":${"[".repeat(1e5)}${"]".repeat(1e5)}}`,
  "objects nested 100,000 deep": () =>
    `{"modules":{},"artifact":${'{"a":'.repeat(1e5)}1${"}".repeat(1e5)}}`,
  "brackets that never close": () => `{"modules":${"[".repeat(1e6)}`,
  "NaN nested 100,000 deep": () =>
    `{"modules":{},"artifact":${"[".repeat(1e5)}NaN${"]".repeat(1e5)}}`,
  "a million keys": () =>
    `{"modules":{},"artifact":{${repeated(1e6, (i) => `"k${i}":${i}`)}}}`,
  "a hundred thousand modules": () =>
    `{"modules":{${repeated(1e5, (i) => `"m${i}":{"cases":[]}`)}}}`,
  "a hundred thousand long numbers": () =>
    `{"modules":{},"artifact":{${
      repeated(1e5, (i) => `"${i}":{"id":${1e17 + i}}`)
    }}}`,
  "a string of 100 MB": () =>
    `{"modules":{},"artifact":{"log":"${"x".repeat(1e8)}"}}`,
  "a megabyte of opening quotes": () => `{"modules":{},"a":${'"'.repeat(1e6)}`,
  "a megabyte of backslashes": () => `{"modules":{},"a":"${"\\".repeat(1e6)}"}`,
  "keys named __proto__": () => PROTO,
};

/** Between them they run all code that depends on the size. */
const THOROUGH = [
  ["validate", "--json"],
  ["validate", "--verbose"],
  ["show", "--all"],
  ["show", "--html", "-"],
];

for (const [name, make] of Object.entries(SPECIAL)) {
  for (const args of THOROUGH) {
    Deno.test(`${args.join(" ")} ends with a code of the table for ${name}`, async () => {
      const { code, stderr } = await outputOf(make(), args);
      assert.ok([0, 2, 5].includes(code), `${code} ${stderr}`);
      assert.equal(({} as Record<string, unknown>)["a"], undefined);
    });
  }
}

const STEERING =
  // deno-lint-ignore no-control-regex -- what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** The same document with control characters and bidi marks in each text and each free key. */
function steered(value: unknown): unknown {
  const marks = "\x1b[2J\x07\x9b\x00\u202e\u2066\u200f\u061c\ufeff\r\n";
  if (typeof value === "string") return `${value}${marks}x`;
  if (Array.isArray(value)) return value.map(steered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.startsWith("test_") ? `${key}${marks}` : key,
      steered(inner),
    ]),
  );
}

const FAILED = "hardpy-0.22.1/sensor_board_failed.jsonloader.json";

for (const args of COMMANDS) {
  Deno.test(`${args.join(" ")} prints no control character of a document, and no bidi mark`, async () => {
    const path = fromRoot(`tests/testdata/runs/${FAILED}`);
    const document = steered(JSON.parse(await Deno.readTextFile(path)));
    for (const layout of [0, 2]) {
      const text = JSON.stringify(document, null, layout);
      const { stdout, stderr } = await outputOf(text, args);
      assert.ok(stdout.length > 100);
      assert.doesNotMatch(stdout + stderr, STEERING);
      if (args.includes("--json")) assert.ok(eventsOf(stdout).length > 0);
    }
  });
}
