import assert from "node:assert/strict";
import { giveName, moveFile } from "../../src/system/move_file.ts";
import { outputFiles } from "../../src/system/output_files.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";
import { withStaleRemovals } from "./stale_removals.ts";

interface Held extends Disposable {
  /** How often a file was to be renamed. */
  readonly attempts: number;
}

/** The next renames fail, as when another program looks at the file. */
function holdFiles(os: typeof Deno.build.os, times: number): Held {
  const { build, rename } = Deno;
  let attempts = 0;
  Deno.rename = (from, to) => {
    if (attempts++ >= times) return rename(from, to);
    return Promise.reject(new Error("It is in use (os error 32)"));
  };
  Object.assign(Deno, { build: { ...build, os } });
  return {
    get attempts() {
      return attempts;
    },
    [Symbol.dispose]: () => void Object.assign(Deno, { build, rename }),
  };
}

Deno.test("moveFile() on Windows waits for who looks at the file, and then replaces the other one", async () => {
  await using folder = await TemporaryFolder.make();
  const [from, to] = [
    await folder.write("new", "new"),
    await folder.write("old", "old"),
  ];
  using held = holdFiles("windows", 5);
  await moveFile(from, to);
  assert.equal(held.attempts, 6);
  assert.equal(await Deno.readTextFile(to), "new");
});

Deno.test("moveFile() elsewhere waits for nobody, and nowhere for a file that is not there", async () => {
  await using folder = await TemporaryFolder.make();
  const from = await folder.write("new", "new");
  {
    using held = holdFiles("linux", 1);
    await assert.rejects(moveFile(from, folder.join("old")), /in use/);
    assert.equal(held.attempts, 1);
  }
  using held = holdFiles("windows", 0);
  await assert.rejects(
    moveFile(folder.join("none"), folder.join("old")),
    Deno.errors.NotFound,
  );
  assert.equal(held.attempts, 1);
});

Deno.test("moveFile() gives up on a file that is held for ever, which leaves the other one as it was", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("page.html", "old");
  using _held = holdFiles("windows", Infinity);
  await assert.rejects(
    outputFiles.write(path, "new"),
    appError(
      "output_unwritable",
      /page\.html": another program uses it \(EBUSY\)$/,
    ),
  );
  assert.equal(await Deno.readTextFile(path), "old");
  assert.equal((await listing(folder.path)).length, 1);
});

Deno.test("giveName() takes the old name away also when a share loses sight of it for a moment", async () => {
  await using folder = await TemporaryFolder.make();
  const from = await folder.write("draft", "text");
  await withStaleRemovals(() => giveName(from, folder.join("file")));
  assert.equal(await Deno.readTextFile(folder.join("file")), "text");
  await assert.rejects(Deno.lstat(from), Deno.errors.NotFound);
});
