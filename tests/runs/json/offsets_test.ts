import assert from "node:assert/strict";
import fc from "fast-check";
import { pointerAt } from "../../../src/runs/json/levels.ts";
import { pointer } from "../../../src/runs/json/pointer.ts";
import { offsetsOf } from "../../../src/runs/json/offsets.ts";
import { rootOf } from "../../../src/runs/json/slices.ts";

const TEXT = '{\n  "dut": {\n    "a/b": [10, {"~": null}]\n  }\n}';

function offsetOf(path: string): number | undefined {
  return offsetsOf({ text: TEXT, root: rootOf(TEXT) }, [path]).get(path);
}

Deno.test("offsetsOf() finds the value of a pointer", () => {
  assert.equal(offsetOf(""), 0);
  assert.equal(offsetOf("/dut"), TEXT.indexOf('{\n    "a/b"'));
  assert.equal(offsetOf("/dut/a~1b/0"), TEXT.indexOf("10"));
  assert.equal(offsetOf("/dut/a~1b/1/~0"), TEXT.indexOf("null"));
});

Deno.test("offsetsOf() finds the nearest value around a missing one", () => {
  assert.equal(offsetOf("/dut/part_number"), offsetOf("/dut"));
  assert.equal(offsetOf("/test_stand/name"), 0);
  assert.equal(offsetOf("/dut/a~1b/7/x"), offsetOf("/dut/a~1b"));
});

Deno.test("offsetsOf() takes the last of two equal keys, as JSON.parse does", () => {
  const text = '{"a": 1, "a": 22}';
  const offsets = offsetsOf({ text, root: rootOf(text) }, ["/a"]);
  assert.equal(offsets.get("/a"), text.indexOf("22"));
});

Deno.test("offsetsOf() takes equal keys with any number of values below", () => {
  const inner = `[${"1,".repeat(200_000)}22]`;
  const text = `{"a":${inner},"a":${inner}}`;
  const paths = Array.from({ length: 200_001 }, (_, index) => `/a/${index}`);
  const offsets = offsetsOf({ text, root: rootOf(text) }, paths);
  assert.equal(offsets.get("/a/200000"), text.lastIndexOf("22"));
});

Deno.test("pointerAt() undoes offsetsOf() for every value of any document", () => {
  fc.assert(fc.property(fc.json(), fc.nat(2), (compact, indent) => {
    const text = JSON.stringify(JSON.parse(compact), null, indent);
    const paths = pathsOf(JSON.parse(text));
    const document = { text, root: rootOf(text), hasUniqueKeys: true };
    const all = offsetsOf({ text, root: rootOf(text) }, paths);
    assert.deepEqual(offsetsOf(document, paths), all);
    for (const path of paths) {
      const offset = all.get(path) ?? -1;
      assert.equal(pointerAt(text, offset), path);
      assert.equal(offsetsOf(document, [path]).get(path), offset);
    }
  }));
});

function pathsOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) =>
      pathsOf(inner, path + pointer(key))
    ),
  ];
}

Deno.test("offsetsOf() finds the same places whatever the layout", () => {
  const paths = ["/a", "/b/0/c", "/b/1", "/d/e/f", "/d/e/g", "/x"];
  const value = {
    a: { b: [{}], c: "}" },
    b: [{ a: [[1], { c: 2 }], c: "\n  }" }, []],
    d: { z: { e: {} }, e: { f: 1, "}": [{}], g: { h: [2] } } },
    x: [],
  };
  const layouts = [0, 1, 2, "\t"].map((indent) =>
    JSON.stringify(value, null, indent)
  );
  const [, , pretty = ""] = layouts;
  layouts.push(pretty.replaceAll("\n", "\r\n"));
  layouts.push(pretty.replaceAll(/\n +/g, "\n"));
  layouts.push(pretty.replaceAll(/\n {4,}/g, "\n  "));
  for (const text of layouts) {
    const root = rootOf(text);
    const offsets = offsetsOf({ text, root }, paths);
    for (const path of paths) {
      const offset = offsets.get(path) ?? -1;
      assert.equal(pointerAt(text, offset), path, text);
      const document = { text, root, hasUniqueKeys: true };
      assert.equal(offsetsOf(document, [path]).get(path), offset, text);
    }
  }
});
