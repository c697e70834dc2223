import { deepStrictEqual as equal } from "node:assert/strict";
import { SequenceMarks } from "../../../src/upload/sources/sequence_marks.ts";

Deno.test("SequenceMarks reach the last change before which all are done with, in whatever order they end", () => {
  const marks = new SequenceMarks();
  equal(marks.reached, undefined);
  marks.pass("1");
  equal(marks.reached, "1");
  const a = marks.begin("a", "2");
  marks.pass("3");
  const b = marks.begin("b", "4");
  marks.pass("5");
  marks.pass("6");
  marks.end("b", b);
  equal(marks.reached, "1");
  equal(marks.isIdle, false);
  marks.end("a", a);
  equal(marks.reached, "6");
  equal(marks.isIdle, true);
});

Deno.test("a later change of a document takes the place of an earlier one in SequenceMarks", () => {
  const marks = new SequenceMarks();
  const first = marks.begin("a", "1");
  const second = marks.begin("a", "2");
  equal(marks.reached, "1");
  marks.end("a", first);
  equal(marks.reached, "1");
  marks.end("a", second);
  equal(marks.reached, "2");
  equal(marks.isIdle, true);
});
