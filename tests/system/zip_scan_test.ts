import assert from "node:assert/strict";
import { lastEntryName } from "../../src/system/zip_scan.ts";

const PART = 64 * 1024;

/** A file of zeros but for the heads of entries, each with a name, at these offsets. */
function fileWith(
  size: number,
  heads: Readonly<Record<number, string>>,
): Parameters<typeof lastEntryName>[0] {
  const bytes = new Uint8Array(size);
  for (const [offset, name] of Object.entries(heads)) {
    const head = new Uint8Array(30);
    head.set([0x50, 0x4b, 3, 4]);
    new DataView(head.buffer).setUint16(26, name.length, true);
    const whole = [...head, ...new TextEncoder().encode(name)];
    bytes.set(whole.slice(0, size - Number(offset)), Number(offset));
  }
  return {
    size,
    readUint8Array: (index, length) =>
      Promise.resolve(bytes.slice(index, index + length)),
  };
}

Deno.test("lastEntryName() finds a head wherever it lies across what is read at once", async () => {
  const size = 3 * PART + 7;
  for (let shift = -40; shift <= 40; shift++) {
    for (const border of [size - PART, size - 2 * PART, size - 3 * PART + 33]) {
      const file = fileWith(size, {
        0: "first",
        [border + shift]: "last.json",
      });
      assert.equal(
        await lastEntryName(file),
        "last.json",
        `${border} ${shift}`,
      );
    }
  }
});

Deno.test("lastEntryName() passes over a head whose name was cut off", async () => {
  const file = fileWith(200, { 0: "whole.json", 165: "cut_off.json" });
  assert.equal(await lastEntryName(file), "whole.json");
});

Deno.test("lastEntryName() finds nothing where there is nothing", async () => {
  assert.equal(await lastEntryName(fileWith(0, {})), undefined);
  assert.equal(await lastEntryName(fileWith(PART + 1, {})), undefined);
});
