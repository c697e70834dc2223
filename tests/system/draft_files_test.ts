import assert from "node:assert/strict";
import {
  draftBeside,
  endHold,
  makeDraftFolder,
  openDraft,
  tidyDrafts,
} from "../../src/system/draft_files.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

async function names(folder: TemporaryFolder): Promise<number> {
  return (await listing(folder.path)).length;
}

Deno.test("tidyDrafts() takes away files and folders whose processes are dead", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  (await openDraft(draftBeside(path))).close();
  const killed = draftBeside(path);
  (await makeDraftFolder(killed))[Symbol.dispose]();
  await Deno.writeTextFile(`${killed}/a.json`, "half");
  await Deno.mkdir(draftBeside(path));
  assert.ok(await names(folder) >= 3);
  await tidyDrafts(path);
  assert.equal(await names(folder), 0);
});

Deno.test("tidyDrafts() leaves drafts that are being written, other files and links", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("b.zip");
  const victim = await folder.write("victim", "mine");
  using _file = await openDraft(draftBeside(path));
  using _folder = await makeDraftFolder(draftBeside(path));
  await folder.write(".b.zip.old", "");
  await folder.write(".other.zip." + crypto.randomUUID(), "");
  await Deno.symlink(victim, draftBeside(path));
  const before = await names(folder);
  await tidyDrafts(path);
  assert.equal(await names(folder), before);
  assert.equal(await Deno.readTextFile(victim), "mine");
});

Deno.test("endHold() leaves only what the folder is to hold", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("bundle");
  (await makeDraftFolder(path))[Symbol.dispose]();
  await endHold(path);
  assert.deepEqual(await listing(folder.path), [
    ...(await listing(folder.path)).filter((line) => line.endsWith("bundle")),
  ]);
});
