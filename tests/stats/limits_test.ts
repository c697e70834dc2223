import assert from "node:assert/strict";
import type { Limits } from "../../src/stats/figures.ts";
import { boundsOf, isOutside, isPassFail } from "../../src/stats/limits.ts";
import { NO_LIMITS } from "./series.ts";

function limits(operation: string | null, rest: Partial<Limits>): Limits {
  return { ...NO_LIMITS, operation, ...rest };
}

/** Which of the values below, at, between, at and above the limits 1 and 3 break the operation. */
function outsideOf(one: Limits): number[] {
  return [0, 1, 2, 3, 4].filter((value) => isOutside(value, one));
}

Deno.test("isOutside() takes inside operations with the limits that they include", () => {
  const both = { lower: 1, upper: 3 };
  assert.deepEqual(outsideOf(limits("gele", both)), [0, 4]);
  assert.deepEqual(outsideOf(limits("gtlt", both)), [0, 1, 3, 4]);
  assert.deepEqual(outsideOf(limits("gelt", both)), [0, 3, 4]);
  assert.deepEqual(outsideOf(limits("gtle", both)), [0, 1, 4]);
  assert.deepEqual(outsideOf(limits(null, both)), [0, 4]);
});

Deno.test("isOutside() takes outside operations the other way round", () => {
  const both = { lower: 1, upper: 3 };
  assert.deepEqual(outsideOf(limits("ltgt", both)), [1, 2, 3]);
  assert.deepEqual(outsideOf(limits("lege", both)), [2]);
  assert.deepEqual(outsideOf(limits("legt", both)), [2, 3]);
  assert.deepEqual(outsideOf(limits("ltge", both)), [1, 2]);
});

Deno.test("isOutside() compares with one limit", () => {
  const two = { comparison: 2 };
  assert.deepEqual(outsideOf(limits("gt", two)), [0, 1, 2]);
  assert.deepEqual(outsideOf(limits("ge", two)), [0, 1]);
  assert.deepEqual(outsideOf(limits("lt", two)), [2, 3, 4]);
  assert.deepEqual(outsideOf(limits("le", two)), [3, 4]);
  assert.deepEqual(outsideOf(limits("eq", two)), [0, 1, 3, 4]);
  assert.deepEqual(outsideOf(limits("ne", two)), [2]);
});

Deno.test("isOutside() lets a limit that is missing allow all", () => {
  for (const operation of ["gt", "eq", "gele", "ltgt", null]) {
    assert.deepEqual(outsideOf(limits(operation, {})), [], `${operation}`);
  }
  assert.deepEqual(outsideOf(limits("gele", { upper: 3 })), [4]);
  assert.deepEqual(outsideOf(limits("ltgt", { upper: 3 })), []);
  assert.deepEqual(outsideOf(limits("eq", { comparison: "2" })), []);
});

Deno.test("boundsOf() takes the comparison of an operation with one limit", () => {
  const all = { lower: 1, upper: 3, comparison: 2 };
  for (const operation of ["ge", "gt"]) {
    assert.deepEqual(boundsOf(limits(operation, all)), {
      lower: 2,
      upper: null,
    });
  }
  for (const operation of ["le", "lt"]) {
    assert.deepEqual(boundsOf(limits(operation, all)), {
      lower: null,
      upper: 2,
    });
  }
  for (const operation of ["gele", "gtlt", null]) {
    assert.deepEqual(boundsOf(limits(operation, all)), { lower: 1, upper: 3 });
  }
});

Deno.test("isPassFail() holds for operations without a distance to a limit", () => {
  const passFail = ["eq", "ne", "ltgt", "lege", "legt", "ltge"];
  assert.ok(passFail.every(isPassFail));
  const others = [null, "gt", "ge", "lt", "le", "gtlt", "gele", "toString"];
  assert.ok(!others.some(isPassFail));
});

Deno.test("isOutside() takes an operation that it does not know as none, whatever its name", () => {
  for (const operation of ["toString", "constructor", "__proto__", "best"]) {
    const limits = { operation, lower: 1, upper: 2, comparison: null };
    assert.equal(isOutside(0.5, limits), true, operation);
    assert.equal(isOutside(1.5, limits), false, operation);
    assert.deepEqual(boundsOf(limits), { lower: 1, upper: 2 }, operation);
  }
});
