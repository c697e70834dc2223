import assert from "node:assert/strict";
import { outputFiles } from "../../src/system/output_files.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { appError } from "./errors.ts";

Deno.test("write() makes a file, replaces it, and leaves nothing else", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("page.html");
  for (const content of ["first", "second"]) {
    await outputFiles.write(path, content);
    assert.equal(await Deno.readTextFile(path), content);
  }
  assert.equal((await listing(folder.path)).length, 1);
});

Deno.test("write() writes what a link leads to, and keeps the link", async () => {
  await using folder = await TemporaryFolder.make();
  const target = await folder.write("target.html", "old");
  await Deno.symlink(target, folder.join("link.html"));
  await outputFiles.write(folder.join("link.html"), "new");
  assert.equal(await Deno.readTextFile(target), "new");
  assert.ok((await Deno.lstat(folder.join("link.html"))).isSymlink);
});

Deno.test("write() names a folder, a missing folder and a device as such", async () => {
  await using folder = await TemporaryFolder.make();
  const cases: [string, RegExp][] = [
    [folder.path, /it is a folder$/],
    [folder.join("none", "page.html"), /there is no such folder$/],
    ["/dev/null", /it is not a file; - is stdout$/],
  ];
  for (const [path, message] of cases) {
    await assert.rejects(
      outputFiles.write(path, ""),
      appError("output_unwritable", message),
    );
  }
});
