import assert from "node:assert/strict";
import { isRunFile } from "../../src/sources/find_runs.ts";

Deno.test("isRunFile() passes over what macOS puts beside a file on other file systems", () => {
  const names = ["a.json", "a.json.gz", "a.jsonl", "._a.json", "x/._a.jsonl"];
  assert.deepEqual(names.filter(isRunFile), ["a.json", "a.json.gz", "a.jsonl"]);
});
