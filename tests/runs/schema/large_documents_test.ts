import assert from "node:assert/strict";
import { checkSchema } from "../../../src/runs/schema/check_schema.ts";
import { generationOf } from "../../../src/runs/model/generation.ts";

const HEAD =
  '"status":"passed","stop_time":2,"start_time":1,"name":"n","_rev":"1","_id":"i",' +
  '"test_stand":{},"dut":{},"process":{}';
const MILLION = 1_000_000;
/** More than a function call takes as arguments. */
const MANY = 200_000;

function problemsOf(members: string): ReturnType<typeof checkSchema> {
  const run = JSON.parse(`{${HEAD}${members}}`);
  return checkSchema(run, generationOf(run));
}

function numbered(
  length: number,
  make: (index: number) => string,
): string {
  return Array.from({ length }, (_, index) => make(index)).join(",");
}

Deno.test("checkSchema() finds a module named __proto__, and a key of that name", () => {
  const paths = problemsOf(
    ',"__proto__":1,"modules":{"__proto__":{"cases":{"__proto__":5}}}',
  ).map(({ kind, path }) => `${kind} ${path}`);
  assert.ok(paths.includes("unknown-key /__proto__"));
  assert.ok(paths.includes("missing /modules/__proto__/name"));
  assert.ok(paths.includes("wrong-type /modules/__proto__/cases/__proto__"));
});

Deno.test("checkSchema() tells each of 200,000 unknown keys", () => {
  const keys = numbered(MANY, (index) => `"k${index}":1`);
  assert.equal(problemsOf(`,${keys}`).length, MANY);
});

Deno.test("checkSchema() tells each of 200,000 wrong modules", () => {
  const modules = numbered(MANY, (index) => `"m${index}":null`);
  assert.equal(problemsOf(`,"modules":{${modules}}`).length, MANY);
});

Deno.test("checkSchema() takes an artifact of a million keys", () => {
  const keys = numbered(MILLION, (index) => `"k${index}":1`);
  assert.deepEqual(problemsOf(`,"artifact":{${keys}}`), []);
});

Deno.test("checkSchema() takes a chart of a million points", () => {
  const points = numbered(MILLION, String);
  const chart = `{"x_data":[[${points}]],"y_data":[[${points}]]}`;
  const times = '"status":"passed","stop_time":2,"start_time":1,"name":"n"';
  const testCase = `{${times},"group":"main","chart":${chart}}`;
  const module = `{${times},"group":"main","cases":{"c":${testCase}}}`;
  assert.deepEqual(problemsOf(`,"modules":{"m":${module}}`), []);
});

Deno.test("checkSchema() does not go into an artifact that is nested 100,000 deep", () => {
  const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
  assert.deepEqual(problemsOf(`,"artifact":${deep}`), []);
});

Deno.test("checkSchema() reads a text of ten million spaces once", () => {
  const spaces = " ".repeat(10 * MILLION);
  const [problem] = problemsOf(`,"error_code":"1${spaces}1"`);
  assert.equal(problem?.kind, "wrong-value");
  assert.ok((problem?.message.length ?? Infinity) < 200);
});
