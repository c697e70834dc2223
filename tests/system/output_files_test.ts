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

const CONTENT = new TextEncoder().encode("sealed");

/** As on a USB stick. */
function withoutLinks(): Disposable {
  const { link } = Deno;
  Deno.link = () => Promise.reject(new Deno.errors.PermissionDenied());
  return { [Symbol.dispose]: () => void (Deno.link = link) };
}

for (
  const [where, without] of [["a disk", undefined], [
    "a USB stick",
    withoutLinks,
  ]] as const
) {
  Deno.test(`writeFree() writes a new file on ${where}, and replaces nothing`, async () => {
    using _without = without?.();
    await using folder = await TemporaryFolder.make();
    const paths = ["a", "b", "c"].map((name) => folder.join(name));
    for (const content of ["first", "second"]) {
      await outputFiles.writeFree(paths, content);
    }
    assert.deepEqual(
      await Promise.all(
        paths.slice(0, 2).map((path) => Deno.readTextFile(path)),
      ),
      ["first", "second"],
    );
    assert.equal((await listing(folder.path)).length, 2);
  });

  Deno.test(`create() gives a file on ${where} its name when it is whole, and takes away what a killed process left`, async () => {
    using _without = without?.();
    await using folder = await TemporaryFolder.make();
    const path = folder.join("login.age");
    const left = `.login.age.${crypto.randomUUID()}`;
    await folder.write(left, "half");
    {
      await using file = await outputFiles.create(path);
      assert.match(
        (await listing(folder.path)).join(),
        /^600 \.login\.age\.[^,]+$/,
      );
      await file.write(CONTENT);
    }
    assert.equal(await Deno.readTextFile(path), "sealed");
    assert.deepEqual(await listing(folder.path), ["600 login.age"]);
  });

  Deno.test(`create() never takes a name on ${where} that is there, or comes meanwhile`, async () => {
    using _without = without?.();
    await using folder = await TemporaryFolder.make();
    const path = folder.join("login.age");
    const link = folder.join("link.age");
    await using file = await outputFiles.create(path);
    await Deno.symlink(folder.join("none"), link);
    await Deno.writeTextFile(path, "another");

    const refusal = appError("output_unwritable", /it exists already$/);
    await assert.rejects(file.write(CONTENT), refusal);
    await assert.rejects(outputFiles.create(path), refusal);
    await assert.rejects(outputFiles.create(link), refusal);
    assert.equal(await Deno.readTextFile(path), "another");
  });
}

Deno.test("create() leaves nothing when it is disposed before it was written", async () => {
  await using folder = await TemporaryFolder.make();
  {
    await using _file = await outputFiles.create(folder.join("login.age"));
  }
  assert.deepEqual(await listing(folder.path), []);
});

Deno.test("writeBeside() replaces a file of its own, and follows no link (duty 52)", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = await folder.write("victim", "mine");
  const link = folder.join("b.receipts.jsonl");
  await Deno.symlink(victim, link);
  await assert.rejects(
    outputFiles.writeBeside(link, "receipts"),
    appError("output_unwritable", /it is a link; remove it$/),
  );
  assert.equal(await Deno.readTextFile(victim), "mine");
  await Deno.remove(link);
  for (const content of ["one", "two"]) {
    await outputFiles.writeBeside(link, content);
    assert.equal(await Deno.readTextFile(link), content);
  }
});
