import assert from "node:assert/strict";
import { ensurePrivateFolder } from "../../src/system/private_folders.ts";
import { appError } from "./errors.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("ensurePrivateFolder() takes the private folder that is there, 20 times at once", async () => {
  await using folder = await TemporaryFolder.make();
  await Promise.all(
    Array.from(
      { length: 20 },
      () => ensurePrivateFolder(folder.join("a", "b")),
    ),
  );
  await ensurePrivateFolder(folder.join("a", "b"));
  assert.ok((await Deno.stat(folder.join("a", "b"))).isDirectory);
});

Deno.test("ensurePrivateFolder() refuses a link to a folder", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("theirs"), { mode: 0o700 });
  await Deno.symlink(folder.join("theirs"), folder.join("logins"));
  await assert.rejects(
    ensurePrivateFolder(folder.join("logins")),
    appError("store_unsafe", /symbolic link/),
  );
});

Deno.test("ensurePrivateFolder() refuses what is not a folder", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("logins", "");
  await assert.rejects(
    ensurePrivateFolder(file),
    appError("store_unwritable", /logins" is not a folder$/),
  );
});

Deno.test("ensurePrivateFolder() refuses a folder that others may use, and names the mode", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("logins"));
  await Deno.chmod(folder.join("logins"), 0o750);
  await assert.rejects(
    ensurePrivateFolder(folder.join("logins")),
    appError("store_unsafe", /may use it/),
  );
});

for (const depth of [["parent"], ["parent", "between"]]) {
  Deno.test(`ensurePrivateFolder() refuses a folder below ${depth[0]} where everybody may write (${depth.length} above)`, async () => {
    await using folder = await TemporaryFolder.make();
    await Deno.mkdir(folder.join(...depth), { recursive: true, mode: 0o700 });
    await Deno.chmod(folder.join("parent"), 0o777);
    const mine = folder.join(...depth, "logins");
    await assert.rejects(
      ensurePrivateFolder(mine),
      appError("store_unsafe", /every user may replace/),
    );
    // There it would keep its owner out.
    await assert.rejects(Deno.stat(mine), Deno.errors.NotFound);
    // As in /tmp: others may write, but not replace what is mine.
    await Deno.chmod(folder.join("parent"), 0o1777);
    await ensurePrivateFolder(mine);
  });
}

// A folder with an access control list for another user shows its mask as the
// rights of the group: 0770.
for (const mode of [0o770, 0o775, 0o2770, 0o2775]) {
  Deno.test({
    name: `a home below a folder of mode ${
      mode.toString(8)
    } is refused (duties 38, 55)`,
    ignore: Deno.build.os === "windows",
    async fn() {
      await using folder = await TemporaryFolder.make();
      await Deno.mkdir(folder.join("parent", "between"), { recursive: true });
      await Deno.chmod(folder.join("parent"), mode);
      const mine = folder.join("parent", "between", "logins");
      await assert.rejects(
        ensurePrivateFolder(mine),
        appError("store_unsafe", /parent": its group may replace/),
      );
      await assert.rejects(Deno.stat(mine), Deno.errors.NotFound);
      // A member of the group cannot take away what is another's there.
      await Deno.chmod(folder.join("parent"), 0o1770);
      await ensurePrivateFolder(mine);
    },
  });
}

Deno.test("ensurePrivateFolder() looks behind a link above the folder", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("open", "inner"), { recursive: true });
  await Deno.chmod(folder.join("open"), 0o777);
  await Deno.symlink(folder.join("open", "inner"), folder.join("config"));
  await assert.rejects(
    ensurePrivateFolder(folder.join("config", "logins")),
    appError("store_unsafe", /every user may replace/),
  );
});

for (const mine of [["theirs"], ["theirs", "logins"]]) {
  Deno.test({
    name: `ensurePrivateFolder() refuses ${
      mine.join("/")
    } of another user (duty 55)`,
    ignore: Deno.uid() !== 0,
    async fn() {
      await using folder = await TemporaryFolder.make();
      await Deno.mkdir(folder.join("theirs"), { mode: 0o700 });
      await Deno.chown(folder.join("theirs"), 65534, 65534);
      await assert.rejects(
        ensurePrivateFolder(folder.join(...mine)),
        appError("store_unsafe", /another user/),
      );
    },
  });
}

Deno.test("ensurePrivateFolder() says so where a file is in the way", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("file"), "");
  await assert.rejects(
    ensurePrivateFolder(folder.join("file", "logins")),
    appError("store_unwritable", /Cannot make the folder/),
  );
});
