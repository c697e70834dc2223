import assert from "node:assert/strict";
import { basename, join } from "node:path";
import {
  type FolderWatch,
  watchFolders,
} from "../../src/system/folder_watch.ts";
import { writeAtOnce } from "../support/many_files.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const TICK_MILLISECONDS = 200;

const tick = () =>
  new Promise((resolve) => setTimeout(resolve, TICK_MILLISECONDS));

/** What one look after a tick gives. */
async function taken(
  watch: FolderWatch,
): Promise<{ names: string[]; isAll: boolean }> {
  await tick();
  const { changed, isAll } = await watch.take();
  return { names: changed.map(({ path }) => basename(path)).sort(), isAll };
}

async function settled(watch: FolderWatch): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    if ((await taken(watch)).isAll) return;
  }
  throw new Error("the folders must be looked through again and again");
}

Deno.test("watchFolders() tells of single files, and that there are no others", async () => {
  await using folder = await TemporaryFolder.make();
  const root = await Deno.realPath(folder.path);
  using watch = watchFolders([root]);
  await settled(watch);
  await folder.write("a.json", "{}");
  assert.deepEqual(await taken(watch), { names: ["a.json"], isAll: true });
  assert.deepEqual(await taken(watch), { names: [], isAll: true });
});

for (const count of [10, 50, 300]) {
  Deno.test(`watchFolders() says of ${count} files at once that there may be more than it knows, then that there are not`, async () => {
    await using folder = await TemporaryFolder.make();
    const root = await Deno.realPath(folder.path);
    using watch = watchFolders([root]);
    writeAtOnce(root, count);
    assert.equal((await taken(watch)).isAll, false);
    await settled(watch);
  });
}

Deno.test("watchFolders() watches a folder that was removed and made again, and others all the while", async () => {
  await using folder = await TemporaryFolder.make();
  const top = await Deno.realPath(folder.path);
  const roots = [join(top, "first"), join(top, "second")];
  for (const root of roots) await Deno.mkdir(root);
  using watch = watchFolders(roots);
  for (const change of ["removed", "moved away"]) {
    await settled(watch);
    if (change === "removed") await Deno.remove(join(top, "first"));
    else await Deno.rename(join(top, "first"), join(top, "old"));
    await settled(watch);
    await folder.write("second/b.json", change);
    assert.deepEqual((await taken(watch)).names, ["b.json"]);
    // Also when that happens to another one meanwhile.
    await Deno.remove(join(top, "second"), { recursive: true });
    await tick();
    await Deno.mkdir(join(top, "second"));
    await settled(watch);
    await folder.write("second/c.json", change);
    assert.deepEqual((await taken(watch)).names, ["c.json"]);
    await Deno.mkdir(join(top, "first"));
    assert.equal((await taken(watch)).isAll, false);
    await folder.write("first/a.json", change);
    assert.deepEqual(await taken(watch), { names: ["a.json"], isAll: true });
  }
});
