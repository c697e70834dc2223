import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import { finishedFiles } from "../../src/system/finished_files.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";

Deno.test("moveInto() of a file that somebody else has taken leaves nothing in its place", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("run.json");
  equal(await finishedFiles.moveInto(path, "uploaded"), undefined);
  equal(await listing(folder.path), []);
});

for (
  const [name, second] of [
    ["run.json", "run.1.json"],
    ["run.json.gz", "run.1.json.gz"],
    ["a.b.jsonl", "a.b.1.jsonl"],
    ["run", "run.1"],
  ] as const
) {
  Deno.test(`moveInto() of a second ${name} calls it ${second}`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = folder.join(name);
    for (const text of ["first", "second"]) {
      await Deno.writeTextFile(path, text);
      await finishedFiles.moveInto(path, "uploaded");
    }
    for (const [one, text] of [[name, "first"], [second, "second"]]) {
      const moved = folder.join("uploaded", String(one));
      equal(await Deno.readTextFile(moved), text);
    }
  });
}

Deno.test("moveInto() leaves a link, which may be named from where it lies", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("run.json", "{}");
  await Deno.symlink("run.json", folder.join("link.json"));
  await rejects(
    finishedFiles.moveInto(folder.join("link.json"), "uploaded"),
    appError("output_unwritable", /it is a link$/),
  );
  equal(await Deno.readTextFile(folder.join("link.json")), "{}");
});

Deno.test("moveInto() says when something is in the folder's place", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("run.json"), "{}");
  await Deno.writeTextFile(folder.join("uploaded"), "");
  await rejects(
    finishedFiles.moveInto(folder.join("run.json"), "uploaded"),
    appError("output_unwritable", /is not a folder/),
  );
});

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

/** A folder that was listed, whose sub-folder another user has swapped for a link since. */
async function swapped(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("private"));
  await folder.write("private/run.json", "private");
  await Deno.mkdir(folder.join("runs"));
  await Deno.symlink(folder.join("private"), folder.join("runs/sub"));
  return folder;
}

Deno.test("moveInto() and remove() leave alone what a sub-folder leads to that was swapped for a link (duty 51)", async () => {
  await using folder = await swapped();
  const within = await Deno.realPath(folder.join("runs"));
  const path = folder.join("runs/sub/run.json");
  const refused = appError("output_unwritable", /was replaced by a link$/);
  await rejects(finishedFiles.moveInto(path, "done", { within }), refused);
  await rejects(finishedFiles.remove(path, { within }), refused);
  equal(await namesIn(folder.join("private")), ["run.json"]);
});

Deno.test("moveInto() and remove() take a file of the folder itself and one below it (duty 51)", async () => {
  await using folder = await TemporaryFolder.make();
  const within = await Deno.realPath(folder.path);
  await Deno.mkdir(folder.join("sub"));
  for (const name of ["run.json", "sub/run.json"]) {
    const path = await folder.write(name, "{}");
    await finishedFiles.moveInto(path, "done", { within });
    await folder.write(name, "{}");
    await finishedFiles.remove(path, { within });
  }
  equal(await namesIn(folder.join("done")), ["run.json"]);
  equal(await namesIn(folder.join("sub/done")), ["run.json"]);
});

Deno.test("moveInto() refuses a link in the place of its folder (duty 51)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("private"));
  const path = await folder.write("run.json", "{}");
  await Deno.symlink(folder.join("private"), folder.join("uploaded"));
  await rejects(
    finishedFiles.moveInto(path, "uploaded"),
    appError("output_unwritable", /uploaded" is not a folder$/),
  );
  equal(await namesIn(folder.join("private")), []);
  equal(await Deno.readTextFile(path), "{}");
});

Deno.test("moveInto() keeps the file when its folder is swapped for a link during the move (duty 51)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("private"));
  const path = await folder.write("run.json", "{}");
  const { link } = Deno;
  Deno.link = async (from, to) => {
    await Deno.remove(folder.join("uploaded"));
    await Deno.symlink(folder.join("private"), folder.join("uploaded"));
    await link(from, to);
  };
  try {
    await rejects(
      finishedFiles.moveInto(path, "uploaded"),
      appError("output_unwritable", /uploaded" was replaced by a link$/),
    );
  } finally {
    Deno.link = link;
  }
  equal(await Deno.readTextFile(path), "{}");
});

Deno.test("remove() of a file that is gone is done", async () => {
  await using folder = await TemporaryFolder.make();
  await finishedFiles.remove(folder.join("run.json"));
});

Deno.test("moveInto() ends a move that was cut off when the file had both names", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("a.json", "run");
  await Deno.mkdir(folder.join("done"));
  await Deno.link(path, folder.join("done/a.json"));
  equal(
    await finishedFiles.moveInto(path, "done"),
    folder.join("done/a.json"),
  );
  const left = await Array.fromAsync(Deno.readDir(folder.join("done")));
  equal(left.map(({ name }) => name), ["a.json"]);
  equal(await Deno.lstat(path).catch(() => "gone"), "gone");
});
