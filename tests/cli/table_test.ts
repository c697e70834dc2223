import assert from "node:assert/strict";
import { Table } from "../../src/cli/table.ts";

Deno.test("Table prints rows before it knows the next ones, and widens a column when it must", () => {
  const table = new Table(["ID", "NAME"]);
  assert.deepEqual(table.lines([["1", "a"], ["222", "b"]]), [
    "ID   NAME",
    "1    a",
    "222  b",
  ]);
  assert.deepEqual(table.lines([["3", "c"]]), ["3    c"]);
  assert.deepEqual(table.lines([["44444", "d"]]), ["44444  d"]);
  assert.deepEqual(table.lines([["5", "e"]]), ["5      e"]);
});

Deno.test("Table cleans and shortens a cell", () => {
  const [, line] = new Table(["ID"]).lines([[`\u001b[2J${"x".repeat(100)}`]]);
  assert.equal(line, ` [2J${"x".repeat(35)}…`);
});
