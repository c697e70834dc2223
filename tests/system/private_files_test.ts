import assert from "node:assert/strict";
import { privateFiles } from "../../src/system/private_files.ts";
import { startChild } from "./child.ts";
import { appError } from "./errors.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) =>
  content && new TextDecoder().decode(content);

async function modeOf(path: string): Promise<string> {
  const { mode } = await Deno.lstat(path);
  return ((mode ?? 0) & 0o7777).toString(8);
}

Deno.test("write() makes a file of its owner's only, in folders of its owner's only", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("config", "logins", "a.age");
  await privateFiles.write(path, bytes("old"));
  await privateFiles.write(path, bytes("new"));
  assert.equal(text(await privateFiles.read(path)), "new");
  assert.equal(await modeOf(path), "600");
  assert.equal(await modeOf(folder.join("config")), "700");
  assert.equal(await modeOf(folder.join("config", "logins")), "700");
  assert.deepEqual(await privateFiles.list(folder.join("config", "logins")), [
    "a.age",
  ]);
});

Deno.test("write() makes a file private that was not", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("a.age"), "old", { mode: 0o644 });
  await privateFiles.write(folder.join("a.age"), bytes("new"));
  assert.equal(await modeOf(folder.join("a.age")), "600");
});

Deno.test("write() replaces a link that was planted at the name, not its target", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = folder.join("victim");
  await Deno.writeTextFile(victim, "mine");
  await Deno.symlink(victim, folder.join("a.age"));
  await privateFiles.write(folder.join("a.age"), bytes("secret"));
  assert.equal(await Deno.readTextFile(victim), "mine");
  assert.ok((await Deno.lstat(folder.join("a.age"))).isFile);
});

Deno.test("write() never follows a link at the name of its temporary file, and leaves the old content", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = folder.join("victim");
  await Deno.writeTextFile(victim, "mine");
  await privateFiles.write(folder.join("a.age"), bytes("old"));
  const id = crypto.randomUUID();
  const { randomUUID } = crypto;
  await Deno.symlink(victim, folder.join(`.a.age.${id}`));
  try {
    crypto.randomUUID = () => id;
    await assert.rejects(
      privateFiles.write(folder.join("a.age"), bytes("secret")),
      appError("store_unwritable", /a\.age/),
    );
  } finally {
    crypto.randomUUID = randomUUID;
  }
  assert.equal(await Deno.readTextFile(victim), "mine");
  assert.equal(text(await privateFiles.read(folder.join("a.age"))), "old");
});

Deno.test("write() refuses a name that is a folder and leaves nothing behind", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("a.age"));
  await assert.rejects(
    privateFiles.write(folder.join("a.age"), bytes("secret")),
    appError("store_unwritable"),
  );
  assert.deepEqual(await privateFiles.list(folder.path), ["a.age"]);
});

Deno.test("reserve() takes the room before the write, and leaves nothing of it", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.age");
  {
    await using room = await privateFiles.reserve(path, 5000);
    const [name = "", ...more] = await privateFiles.list(folder.path);
    assert.match(name, /^\.a\.age\./);
    assert.deepEqual(more, []);
    const { size } = await Deno.stat(folder.join(name));
    assert.equal(size, 5000);
    assert.equal(await modeOf(folder.join(name)), "600");
    await room.write(bytes("short"));
  }
  assert.equal(text(await privateFiles.read(path)), "short");
  {
    await using _unused = await privateFiles.reserve(path, 5000);
  }
  assert.equal(text(await privateFiles.read(path)), "short");
  assert.deepEqual(await privateFiles.list(folder.path), ["a.age"]);
});

Deno.test("reserve() takes more than was asked for when the content is longer", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.age");
  await using room = await privateFiles.reserve(path, 2);
  await room.write(bytes("longer"));
  assert.equal(text(await privateFiles.read(path)), "longer");
});

Deno.test("reserve() says at once that the folder cannot be written to", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write("file", "");
  await assert.rejects(
    privateFiles.reserve(folder.join("file", "logins", "a.age"), 1),
    appError("store_unwritable"),
  );
});

Deno.test("read() gives undefined where there is no file, or no folder", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("file"), "");
  for (const path of ["a.age", "none/a.age", "file/a.age"]) {
    assert.equal(await privateFiles.read(folder.join(path)), undefined);
  }
});

const refused: [
  what: string,
  message: RegExp,
  plant: (path: string, other: string) => Promise<unknown>,
][] = [
  [
    "a symbolic link",
    /symbolic link/,
    (path, other) => Deno.symlink(other, path),
  ],
  [
    "a file with a second name",
    /hard link/,
    (path, other) => Deno.link(other, path),
  ],
  [
    "a file that its group may read",
    /chmod 600|may use it/,
    (path) => Deno.writeTextFile(path, "x").then(() => Deno.chmod(path, 0o640)),
  ],
  [
    "a file that all may write",
    /may use it/,
    (path) => Deno.writeTextFile(path, "x").then(() => Deno.chmod(path, 0o602)),
  ],
  [
    "a named pipe",
    /not a regular file/,
    (path) =>
      new Deno.Command("mkfifo", { args: ["-m", "600", path] }).output(),
  ],
  ["a folder", /Cannot read/, (path) => Deno.mkdir(path, { mode: 0o700 })],
  ["a file of more than 1 MiB", /too large/, async (path) => {
    await Deno.writeTextFile(path, "x", { mode: 0o600 });
    await Deno.truncate(path, 1024 * 1024 + 1);
  }],
];

for (const [what, message, plant] of refused) {
  Deno.test(`read() refuses ${what}`, async () => {
    await using folder = await TemporaryFolder.make();
    await Deno.writeTextFile(folder.join("other"), "mine", { mode: 0o600 });
    await plant(folder.join("a.age"), folder.join("other"));
    await assert.rejects(
      privateFiles.read(folder.join("a.age")),
      appError("store_unsafe", message),
    );
  });
}

Deno.test({
  name: "read() refuses a file of another user",
  ignore: Deno.uid() !== 0,
  async fn() {
    await using folder = await TemporaryFolder.make();
    await Deno.writeTextFile(folder.join("a.age"), "x", { mode: 0o600 });
    await Deno.chown(folder.join("a.age"), 65534, 65534);
    await assert.rejects(
      privateFiles.read(folder.join("a.age")),
      appError("store_unsafe", /another user/),
    );
  },
});

Deno.test("remove() says whether there was a file, and removes a link but not its target", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("victim"), "mine");
  await Deno.symlink(folder.join("victim"), folder.join("a.age"));
  assert.equal(await privateFiles.remove(folder.join("a.age")), true);
  assert.equal(await privateFiles.remove(folder.join("a.age")), false);
  assert.equal(await privateFiles.remove(folder.join("none", "a.age")), false);
  assert.equal(await Deno.readTextFile(folder.join("victim")), "mine");
});

Deno.test("list() is sorted, and empty where there is no folder", async () => {
  await using folder = await TemporaryFolder.make();
  for (const name of ["b", "a", "c"]) {
    await Deno.writeTextFile(folder.join(name), "");
  }
  assert.deepEqual(await privateFiles.list(folder.path), ["a", "b", "c"]);
  assert.deepEqual(await privateFiles.list(folder.join("none")), []);
});

Deno.test("read() sees the old content or the new while another process writes, also when that is killed", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("a.age");
  const size = 200_000;
  const whole = ["a".repeat(size), "b".repeat(size)];
  await using child = startChild("write_for_ever.ts", {
    args: [path, String(size)],
  });
  assert.equal(await child.line(), "writing");
  for (let i = 0; i < 1000; i++) {
    assert.ok(whole.includes(text(await privateFiles.read(path)) ?? ""));
  }
  child.kill("SIGKILL");
  await child.status;
  assert.ok(whole.includes(text(await privateFiles.read(path)) ?? ""));
});
