import assert from "node:assert/strict";
import { newFolder } from "../../src/system/new_folder.ts";
import { newZip } from "../../src/system/new_zip.ts";
import { outputFiles } from "../../src/system/output_files.ts";
import { appError } from "../system/errors.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

/** No file can be opened, so many times. */
function withoutHandles(times: number): Disposable {
  const { open, writeFile } = Deno;
  const { now } = performance;
  let left = times;
  const refused = () =>
    Promise.reject(Object.assign(new Error("none"), { code: "EMFILE" }));
  Deno.open = (...args) => left-- > 0 ? refused() : open(...args);
  Deno.writeFile = (...args) => left-- > 0 ? refused() : writeFile(...args);
  // Patience ends soon.
  let passed = 0;
  performance.now = () =>
    now.call(performance) + (left > 10 ? passed += 1000 : passed);
  return {
    [Symbol.dispose]() {
      Object.assign(Deno, { open, writeFile });
      performance.now = now;
    },
  };
}

const CONTENT = new TextEncoder().encode("{}");

/** Each way to write a file that the user asked for. */
const WRITES: [string, (path: string) => Promise<void>][] = [
  ["a page", (path) => outputFiles.write(path, "{}")],
  ["receipts", (path) => outputFiles.writeBeside(path, "{}")],
  ["an answer", (path) => outputFiles.writeFree([path], "{}")],
  ["a login for another stand", async (path) => {
    await using file = await outputFiles.create(path);
    await file.write(CONTENT);
  }],
  ["a bundle", async (path) => {
    await using archive = await newFolder(path);
    await archive.add("a.json", CONTENT);
    await archive.finish();
  }],
  ["a ZIP file", async (path) => {
    await using archive = await newZip(path, new Date(0));
    await archive.add("a.json", CONTENT);
    await archive.finish();
  }],
];

for (const [what, write] of WRITES) {
  Deno.test(`${what} is written when others have given their handles back`, async () => {
    await using folder = await TemporaryFolder.make();
    {
      using _without = withoutHandles(2);
      await write(folder.join("a"));
    }
    const names = (await listing(folder.path))
      .map((line) => line.replace(/^\d+ /, ""));
    assert.equal(names[0], "a");
    assert.equal(names.some((name) => name.startsWith(".")), false);
  });

  Deno.test(`${what} that no handle is left for leaves nothing, and says why`, async () => {
    await using folder = await TemporaryFolder.make();
    using _without = withoutHandles(Infinity);
    await assert.rejects(
      write(folder.join("a")),
      appError("output_unwritable", /too many files are open at once/),
    );
    assert.deepEqual(await listing(folder.path), []);
  });
}
