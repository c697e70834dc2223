import assert from "node:assert/strict";
import { basename } from "node:path";
import { inputFiles, type Skipped } from "../../src/system/input_files.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";

/** A folder with these files in it. */
async function folderOf(...names: string[]): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  for (const name of names) {
    await Deno.mkdir(folder.join(name, ".."), { recursive: true });
    await folder.write(name, "{}");
  }
  return folder;
}

/** What `walk()` finds, relative to the folder, and what it passes over. */
async function walked(
  folder: TemporaryFolder,
  path: string,
  enters?: (path: string) => boolean,
): Promise<{ found: [string, boolean][]; skipped: Skipped[] }> {
  const skipped: Skipped[] = [];
  const files = inputFiles.walk(folder.join(path), {
    accepts: (name) => name.endsWith(".json"),
    ...(enters && { enters }),
    onSkip: (one) => skipped.push(one),
  });
  const found = (await Array.fromAsync(files)).map(
    ({ path, isFound }): [string, boolean] => [
      path.slice(folder.path.length + 1),
      isFound,
    ],
  );
  return { found, skipped };
}

Deno.test("walk() goes folder by folder, each in the order of its names", async () => {
  await using folder = await folderOf(
    "b/2.json",
    "b/1.json",
    "a.json",
    "c.json",
    "b/a/3.json",
    "b/notes.txt",
  );
  const { found } = await walked(folder, "");
  assert.deepEqual(found, [
    ["a.json", true],
    ["b/1.json", true],
    ["b/2.json", true],
    ["b/a/3.json", true],
    ["c.json", true],
  ]);
});

Deno.test("walk() gives the first file before it has looked at the rest", async () => {
  await using folder = await folderOf("a.json", "b/c.json");
  const files = inputFiles.walk(folder.path, {
    accepts: () => true,
    onSkip: () => {},
  })[Symbol.asyncIterator]();
  assert.equal((await files.next()).value?.path, folder.join("a.json"));
  await folder.write("b/d.json", "{}");
  const rest = [await files.next(), await files.next(), await files.next()];
  assert.deepEqual(rest.map(({ value }) => value?.path), [
    folder.join("b", "c.json"),
    folder.join("b", "d.json"),
    undefined,
  ]);
});

Deno.test("walk() takes a pattern for what it fits, and a file of that name for itself", async () => {
  await using folder = await folderOf(
    "a1.json",
    "a2.json",
    "b.json",
    "a[1].json",
  );
  assert.deepEqual((await walked(folder, "a*.json")).found, [
    ["a1.json", false],
    ["a2.json", false],
    ["a[1].json", false],
  ]);
  assert.deepEqual((await walked(folder, "a[1].json")).found, [
    ["a[1].json", false],
  ]);
  await assert.rejects(
    walked(folder, "c*.json"),
    appError("input_unreadable", /No file fits ".*c\*\.json"/),
  );
});

Deno.test("walk() looks into folders that a pattern fits", async () => {
  await using folder = await folderOf(
    "run1/a.json",
    "run2/b.json",
    "other/c.json",
  );
  assert.deepEqual((await walked(folder, "run*")).found, [
    ["run1/a.json", true],
    ["run2/b.json", true],
  ]);
});

Deno.test("walk() enters no folder that it is told to leave", async () => {
  await using folder = await folderOf("a/1.json", "b/2.json");
  const { found, skipped } = await walked(
    folder,
    "",
    (path) => basename(path) !== "a",
  );
  assert.deepEqual([found, skipped], [[["b/2.json", true]], []]);
});

Deno.test("walk() tells of links and of what it cannot read, and goes on", async () => {
  await using folder = await folderOf("a.json", "z.json");
  await Deno.symlink(folder.join("a.json"), folder.join("link.json"));
  const { found, skipped } = await walked(folder, "");
  assert.deepEqual(found, [["a.json", true], ["z.json", true]]);
  assert.deepEqual(skipped, [{ path: folder.join("link.json") }]);

  await Deno.symlink("loop.json", folder.join("loop.json"));
  const pattern = await walked(folder, "*.json");
  assert.deepEqual(pattern.found.map(([name]) => name), [
    "a.json",
    "link.json",
    "z.json",
  ]);
  assert.match(pattern.skipped[0]?.reason ?? "", /Cannot read ".*loop\.json"/);
});

Deno.test("walk() takes brackets in a pattern as they stand, and else as a set of characters", async () => {
  await using folder = await folderOf("Stand [3]/a.json", "run1.json");
  const inside = await walked(folder, "Stand [3]/*.json");
  assert.deepEqual(inside.found, [["Stand [3]/a.json", false]]);
  const set = await walked(folder, "run[1-3].json");
  assert.deepEqual(set.found, [["run1.json", false]]);
});
