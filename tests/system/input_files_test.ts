import assert from "node:assert/strict";
import { inputFiles } from "../../src/system/input_files.ts";
import { appError } from "./errors.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const isJson = (name: string) => name.endsWith(".json");

Deno.test("find() gives the files below a folder, sorted, whatever their depth", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("b", "deep", "er"), { recursive: true });
  const names = ["c.json", "a.json", "b/z.json", "b/deep/er/x.json"];
  for (const name of [...names, "a.txt", "b/json"]) {
    await Deno.writeTextFile(folder.join(name), "{}");
  }
  await Deno.mkdir(folder.join("folder.json"));
  assert.deepEqual(
    await inputFiles.find(folder.path, { accepts: isJson }),
    names.map((name) => folder.join(name)).sort(),
  );
});

Deno.test("find() gives a file that was named, whatever its name", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("a.txt"), "");
  await Deno.symlink(folder.join("a.txt"), folder.join("link"));
  for (const name of ["a.txt", "link"]) {
    const path = folder.join(name);
    assert.deepEqual(await inputFiles.find(path, { accepts: isJson }), [path]);
  }
});

Deno.test("find() follows no link inside a folder, so that a circle ends too", async () => {
  await using outside = await TemporaryFolder.make();
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(outside.join("secret.json"), "{}");
  await Deno.symlink(outside.path, folder.join("out"));
  await Deno.symlink(outside.join("secret.json"), folder.join("out.json"));
  await Deno.symlink(folder.path, folder.join("circle"));
  await Deno.symlink(folder.join("none"), folder.join("broken.json"));
  assert.deepEqual(await inputFiles.find(folder.path, { accepts: isJson }), []);
});

Deno.test("find() says what is wrong with a path", async () => {
  await using folder = await TemporaryFolder.make();
  await assert.rejects(
    inputFiles.find(folder.join("none"), { accepts: isJson }),
    appError("input_unreadable", /none": no such file or folder/),
  );
  await Deno.symlink("loop", folder.join("loop"));
  await assert.rejects(
    inputFiles.find(folder.join("loop"), { accepts: isJson }),
    appError("input_unreadable", /loop/),
  );
});

Deno.test("read() takes up to the limit and not a byte more", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("a"), "12345");
  const content = await inputFiles.read(folder.join("a"), 5);
  assert.equal(new TextDecoder().decode(content), "12345");
  await assert.rejects(
    inputFiles.read(folder.join("a"), 4),
    appError("input_unreadable", /larger than/),
  );
});

Deno.test("read() names the limit in a unit that is not 0", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("a"), "");
  await Deno.truncate(folder.join("a"), 3 * 1024 * 1024);
  await assert.rejects(
    inputFiles.read(folder.join("a"), 2 * 1024 * 1024),
    appError("input_unreadable", /larger than 2 MiB/),
  );
  await assert.rejects(
    inputFiles.read(folder.join("a"), 64 * 1024),
    appError("input_unreadable", /larger than 64 KiB/),
  );
});

Deno.test("read() refuses a sparse file of 2 GiB at once", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("a.json"), "");
  await Deno.truncate(folder.join("a.json"), 2 * 1024 ** 3);
  await assert.rejects(
    inputFiles.read(folder.join("a.json"), 1024 ** 3),
    appError("input_unreadable", /larger than 1024 MiB/),
  );
});

Deno.test("read() refuses a pipe, a device and a folder instead of waiting", async () => {
  await using folder = await TemporaryFolder.make();
  const pipe = folder.join("pipe.json");
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  for (const path of [pipe, "/dev/zero", folder.path]) {
    await assert.rejects(
      inputFiles.read(path, 100),
      appError("input_unreadable", /is not a file/),
    );
  }
  assert.deepEqual(await inputFiles.find(folder.path, { accepts: isJson }), []);
});

Deno.test("read() says when there is no such file", async () => {
  await using folder = await TemporaryFolder.make();
  await assert.rejects(
    inputFiles.read(folder.join("none"), 100),
    appError("input_unreadable", /no such file or folder/),
  );
});

Deno.test("info() is undefined only for a file that is not there", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("a.json", "{}");
  assert.equal(await inputFiles.info(folder.join("none")), undefined);
  assert.equal((await inputFiles.info(path))?.size, 2);
  const { lstat } = Deno;
  Deno.lstat = () =>
    Promise.reject(Object.assign(new Error("failed"), { code: "EIO" }));
  try {
    await assert.rejects(
      inputFiles.info(path),
      appError("input_unreadable", /input\/output error of the disk \(EIO\)$/),
    );
  } finally {
    Deno.lstat = lstat;
  }
});
