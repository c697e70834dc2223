import assert from "node:assert/strict";
import { cutPayload } from "../../scripts/compile/trailer.ts";

const RUNTIME = Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 1, 2, 3);

/** A runtime with a payload of `payload` bytes; `claimed` overrides what the trailer says. */
function program(
  payload: number,
  { magic = "d3n0l4nd", claimed }: { magic?: string; claimed?: bigint } = {},
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(RUNTIME.length + payload + 24);
  bytes.set(RUNTIME);
  const start = bytes.length - 24;
  bytes.set(new TextEncoder().encode(magic), start);
  new DataView(bytes.buffer)
    .setBigUint64(start + 16, claimed ?? BigInt(payload + 24), true);
  return bytes;
}

Deno.test("cutPayload() leaves the runtime, byte for byte", () => {
  assert.deepEqual(cutPayload(program(1000)), RUNTIME);
});

Deno.test("cutPayload() leaves the runtime of a program without payload", () => {
  assert.deepEqual(cutPayload(program(0)), RUNTIME);
});

Deno.test("cutPayload() reads a program that lies inside a larger buffer", () => {
  const outer = new Uint8Array(2000);
  const inner = program(100);
  outer.set(inner, 500);
  const view = outer.subarray(500, 500 + inner.length);
  assert.deepEqual(cutPayload(view), RUNTIME);
});

Deno.test("cutPayload() refuses another magic word", () => {
  assert.throws(
    () => cutPayload(program(10, { magic: "d3n0l4nX" })),
    /no trailer/,
  );
});

Deno.test("cutPayload() refuses a file that is too short", () => {
  assert.throws(() => cutPayload(new Uint8Array(23)), /too short/);
  assert.throws(() => cutPayload(new Uint8Array(24)), /too short/);
});

for (const claimed of [0n, 23n, 41n, 2n ** 63n, 2n ** 64n - 1n]) {
  Deno.test(`cutPayload() refuses a trailer that claims ${claimed} bytes`, () => {
    assert.throws(
      () => cutPayload(program(10, { claimed })),
      /its trailer claims/,
    );
  });
}
