import assert from "node:assert/strict";
import { limitBar } from "../../../src/inspect/show/html/limit_bar.ts";
import {
  expression,
  type Measurement,
  readMeasurement,
} from "../../../src/inspect/show/measurement.ts";
import { JsonNode } from "../../../src/inspect/show/json_node.ts";

function read(json: string): Measurement {
  const slice = { start: 0, end: json.length };
  return readMeasurement(new JsonNode(json, slice, (text) => text), 0);
}

function shown(parts: string): string {
  return expression(read(`{"value":12.04,"unit":"V",${parts}}`));
}

const between = (operation: string, result: boolean | null) =>
  shown(
    `"operation":"${operation}","result":${result},"lower_limit":11.4,"upper_limit":12.60`,
  );
const against = (operation: string, result: boolean | null) =>
  shown(
    `"operation":"${operation}","result":${result},"comparison_value":12`,
  );

Deno.test("expression() puts a good value between its limits", () => {
  assert.equal(between("gele", true), "11.4 ≤ 12.04 ≤ 12.60 V");
  assert.equal(between("gtlt", true), "11.4 < 12.04 < 12.60 V");
  assert.equal(between("gelt", true), "11.4 ≤ 12.04 < 12.60 V");
  assert.equal(between("gtle", true), "11.4 < 12.04 ≤ 12.60 V");
  assert.equal(against("gt", true), "12.04 > 12 V");
  assert.equal(against("ne", true), "12.04 ≠ 12 V");
});

Deno.test("expression() names the ranges of an outside operation", () => {
  const value = (operation: string) =>
    shown(
      `"operation":"${operation}","result":true,"lower_limit":1,"upper_limit":2`,
    );
  assert.equal(value("ltgt"), "12.04 V (< 1 or > 2)");
  assert.equal(value("lege"), "12.04 V (≤ 1 or ≥ 2)");
  assert.equal(value("legt"), "12.04 V (≤ 1 or > 2)");
  assert.equal(value("ltge"), "12.04 V (< 1 or ≥ 2)");
});

Deno.test("expression() says what a failed value had to be", () => {
  assert.equal(between("gele", false), "12.04 V, must be ≥ 11.4 and ≤ 12.60");
  assert.equal(against("le", false), "12.04 V, must be ≤ 12");
});

Deno.test("expression() says when nobody, or somebody else, judged a value outside", () => {
  assert.equal(against("le", null), "12.04 V, not ≤ 12, not judged");
  assert.equal(against("lt", true), "12.04 V, not < 12, yet judged as passed");
  assert.equal(read(`{"value":1}`).verdict, "none");
});

Deno.test("expression() keeps every digit of the file", () => {
  const { value, ...rest } = read(
    `{"value":9007199254740993,"operation":"eq","comparison_value":9007199254740992,"result":null}`,
  );
  assert.equal(value, "9007199254740993");
  assert.equal(rest.verdict, "outside");
  assert.equal(
    expression(read(`{"value":5.00,"unit":"V"}`)),
    "5.00 V",
  );
  assert.equal(expression(read(`{"value":1e400}`)), "1e400");
});

Deno.test("expression() puts texts in quotes and says when case is ignored", () => {
  assert.equal(
    expression(
      read(
        `{"value":"ok","operation":"eq","comparison_value":"OK","casesensitive":false,"result":true}`,
      ),
    ),
    `"ok" = "OK" (any case)`,
  );
});

Deno.test("limitBar() draws every operation, a value beyond the drawing as an arrow", () => {
  const bar = (operation: string, value: string) =>
    limitBar(
      read(
        `{"value":${value},"operation":"${operation}","lower_limit":1,"upper_limit":2,"comparison_value":2}`,
      ),
    ).text;
  const operations = "eq ne gt ge lt le gtlt gele gelt gtle ltgt lege legt ltge"
    .split(" ");
  for (const operation of operations) {
    assert.match(bar(operation, "1.5"), /class="band"[^]*class="value/);
    for (const value of ["-1e308", "1e308", "0", "2"]) {
      assert.doesNotMatch(bar(operation, value), /NaN|Infinity/);
    }
  }
  assert.match(bar("gele", "9"), /class="value off" d="M130/);
  assert.equal(bar("gele", "1e400"), "");
  assert.equal(bar("gele", `"x"`), "");
  assert.equal(bar("what", "1"), "");
});
