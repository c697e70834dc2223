import { deepStrictEqual as equal } from "node:assert/strict";
import type { System } from "../../../src/system/system.ts";
import { fileSource } from "../../../src/upload/sources/file_source.ts";
import { fakeSystem } from "../../system/fake_system.ts";

const MEBI = 1024 * 1024;

/** A stand with one file of so many bytes, and the sizes that were asked for. */
function standWith(size: number): { system: System; limits: number[] } {
  const system = fakeSystem("home");
  const limits: number[] = [];
  const inputFiles: System["inputFiles"] = {
    ...system.inputFiles,
    read(_path, limit) {
      limits.push(limit);
      return size > limit
        ? Promise.reject(new Error("too large"))
        : Promise.resolve(new Uint8Array(size));
    },
  };
  return { system: { ...system, inputFiles }, limits };
}

async function readAfterReadAhead(size: number): Promise<number[]> {
  const { system, limits } = standWith(size);
  const file = { path: "run.json", isFound: true };
  const source = fileSource(system, file, { isTracked: false });
  source.readAhead?.();
  for (const _ of ["first", "again"]) {
    const read = await source.read();
    equal("bytes" in read && read.bytes.length, size);
  }
  return limits;
}

Deno.test("readAhead() of a small file is what the next read gives; the one behind that reads again", async () => {
  equal((await readAfterReadAhead(100)).length, 2);
});

Deno.test("readAhead() leaves a large file for when it is asked for", async () => {
  const limits = await readAfterReadAhead(MEBI + 1);
  equal(limits.map((limit) => limit > MEBI), [false, true, true]);
});
