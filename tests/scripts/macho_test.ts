import assert from "node:assert/strict";
import {
  blankArmPayload,
  cutIntelPayload,
} from "../../scripts/compile/macho.ts";

const SENTINEL = "<~sui-data~>\xef\xbe\xad\xde";

function latin1(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

/** A Mach-O file of one segment command whose section covers `size` bytes at 200. */
function armProgram(
  { segment = "__SUI", size = 8 }: { segment?: string; size?: number } = {},
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(220).fill(7, 184);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0xfeedfacf, true);
  view.setUint32(16, 1, true);
  view.setUint32(32, 0x19, true);
  view.setUint32(36, 152, true);
  bytes.set(latin1(segment), 40);
  bytes.set(latin1("d3n0l4nd"), 104);
  bytes.set(latin1(segment), 120);
  view.setBigUint64(144, BigInt(size), true);
  view.setUint32(152, 200, true);
  return bytes;
}

Deno.test("blankArmPayload() renames the segment and blanks what it held", () => {
  const base = blankArmPayload(armProgram());
  const text = new TextDecoder("latin1").decode(base);
  assert.equal(text.includes("__SUI"), false);
  assert.equal(text.includes("d3n0l4nd"), false);
  assert.deepEqual([...base.subarray(199, 209)], [7, ...Array(8).fill(0), 7]);
  assert.equal(base.length, 220);
});

Deno.test("blankArmPayload() refuses a program without a payload", () => {
  assert.throws(
    () => blankArmPayload(armProgram({ segment: "__TEXT" })),
    /no payload/,
  );
});

Deno.test("blankArmPayload() refuses a payload that ends outside the file", () => {
  assert.throws(() => blankArmPayload(armProgram({ size: 21 })), /outside/);
});

Deno.test("blankArmPayload() refuses what is no Mach-O file", () => {
  assert.throws(() => blankArmPayload(new Uint8Array(64)), /not a 64-bit/);
});

Deno.test("cutIntelPayload() cuts at the last sentinel", () => {
  const program = Uint8Array.from(
    latin1(`code <~sui <~sui-data~> more${SENTINEL}payload`),
  );
  const base = new TextDecoder().decode(cutIntelPayload(program));
  assert.equal(base, "code <~sui <~sui-data~> more");
});

Deno.test("cutIntelPayload() refuses a program without a payload", () => {
  assert.throws(() => cutIntelPayload(new Uint8Array(10)), /no payload/);
});
