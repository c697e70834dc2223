import assert from "node:assert/strict";
import { join } from "node:path";
import { keep, selectRuntime } from "../../scripts/compile/runtime.ts";
import { requireSha256, sha256 } from "../../scripts/compile/sha256.ts";
import {
  DENO_VERSION,
  parseTarget,
  runtimeSource,
  TARGETS,
} from "../../scripts/compile/targets.ts";

const TARGET = "x86_64-unknown-linux-gnu";

Deno.test("sha256() agrees with the standard's own example", async () => {
  assert.equal(
    await sha256(new TextEncoder().encode("abc")),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

Deno.test("requireSha256() stops at other bytes and names both sums", async () => {
  const expected = await sha256(new Uint8Array(1));
  const found = await sha256(new Uint8Array(2));
  await assert.rejects(
    requireSha256(new Uint8Array(2), { expected, what: "the runtime" }),
    (error: Error) =>
      error.message.startsWith("the runtime is not the pinned file") &&
      error.message.includes(expected) && error.message.includes(found),
  );
});

Deno.test("keep() writes nothing where the bytes are not the pinned ones", async () => {
  const folder = await Deno.makeTempDir();
  const kept = { path: join(folder, "denort"), origin: "a test" };
  await assert.rejects(
    keep(kept, new Uint8Array(100), TARGET),
    /\(a test\) is not the pinned file/,
  );
  // Removing a folder fails unless it is empty.
  await Deno.remove(folder);
});

Deno.test("selectRuntime() takes DENORT_BIN and says that it is not the pinned one", async () => {
  const file = await Deno.makeTempFile();
  const runtime = await selectRuntime(TARGET, { given: file });
  assert.equal(runtime.path, file);
  assert.match(runtime.description, /SHA-256 e3b0c442.*not the pinned/);
  await Deno.remove(file);
});

Deno.test("parseTarget() knows this machine and refuses an unknown name", () => {
  assert.ok(TARGETS.includes(parseTarget()));
  assert.throws(
    () => parseTarget("riscv64"),
    /known: x86_64-unknown-linux-gnu/,
  );
});

Deno.test("runtimeSource() pins every target by a SHA-256 of its own (duty 59)", () => {
  const sums = TARGETS.map((target) => runtimeSource(target).sha256);
  assert.ok(sums.every((sum) => /^[0-9a-f]{64}$/.test(sum)));
  assert.equal(new Set(sums).size, TARGETS.length);
});

for (const script of ["deno", "deno.cmd"]) {
  Deno.test(`scripts/${script} runs the Deno that the runtimes belong to`, async () => {
    const url = new URL(`../../scripts/${script}`, import.meta.url);
    const text = await Deno.readTextFile(url);
    assert.match(text, new RegExp(`version=${DENO_VERSION}\\b`, "i"));
  });
}
