import assert from "node:assert/strict";
import { readDotenvKey } from "../../src/stand/dotenv_file.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Reads the `.env` of a folder, beside a hardpy.toml. */
async function read(folder: TemporaryFolder): Promise<string | undefined> {
  const toml = folder.join("hardpy.toml");
  const found = await readDotenvKey(fakeSystem(folder.path), toml);
  if (found === undefined) return undefined;
  assert.equal(found.path, folder.join(".env"));
  return found.key;
}

const texts: [text: string | Uint8Array, key: string | undefined][] = [
  ["HARDPY_SC_API_KEY=ak_1\n", "ak_1"],
  ["A=1\r\nHARDPY_SC_API_KEY=ak_1\r\nB=2\r\n", "ak_1"],
  ["export HARDPY_SC_API_KEY = 'ak_1' # of the lab", "ak_1"],
  ['HARDPY_SC_API_KEY="ak_1#2"', "ak_1#2"],
  ["# HARDPY_SC_API_KEY=ak_0\nHARDPY_SC_API_KEY=ak_1 # note", "ak_1"],
  ["HARDPY_SC_API_KEY=ak_0\nHARDPY_SC_API_KEY=ak_1\n", "ak_1"],
  ["\ufeffHARDPY_SC_API_KEY=ak_1\n", "ak_1"],
  ["HARDPY_SC_API_KEY=\n", ""],
  ['HARDPY_SC_API_KEY=""\n', ""],
  ["HARDPY_SC_API_KEY\n", undefined],
  ["STANDCLOUD_API_KEY=ak_1\nHARDPY_SC_API_KEY_2=ak_2\n", undefined],
  ["", undefined],
  [new Uint8Array([0xff, 0xfe, 0, 1, 2, 3]), undefined],
];

for (const [text, key] of texts) {
  Deno.test(`readDotenvKey() finds ${JSON.stringify(key)} in ${JSON.stringify(text)}`, async () => {
    await using folder = await TemporaryFolder.make();
    await folder.write(".env", text);
    assert.equal(await read(folder), key);
  });
}

Deno.test("readDotenvKey() reads a Latin-1 comment, and refuses a key that is not UTF-8", async () => {
  await using folder = await TemporaryFolder.make();
  const latin1 = (text: string) =>
    Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  await folder.write(
    ".env",
    latin1("# Schl\xfcssel\nHARDPY_SC_API_KEY=ak_1\n"),
  );
  assert.equal(await read(folder), "ak_1");
  await folder.write(".env", latin1("HARDPY_SC_API_KEY=CANARY\xff\n"));
  await assert.rejects(read(folder), (error: Error) => {
    assert.doesNotMatch(error.message, /CANARY/);
    return appError(
      "config_invalid",
      /\.env: HARDPY_SC_API_KEY is not a UTF-8 text$/,
    )(error);
  });
});

Deno.test("readDotenvKey() finds nothing where .env is missing, a link to nothing, or a virtual environment", async () => {
  await using folder = await TemporaryFolder.make();
  assert.equal(await read(folder), undefined);
  await Deno.symlink(folder.join("gone"), folder.join(".env"));
  assert.equal(await read(folder), undefined);
  await Deno.remove(folder.join(".env"));
  await Deno.mkdir(folder.join(".env", "bin"), { recursive: true });
  assert.equal(await read(folder), undefined);
});

Deno.test("readDotenvKey() refuses a file that is too large or no file at all, and does not wait for it", async () => {
  await using folder = await TemporaryFolder.make();
  await folder.write(".env", `#${" ".repeat(1024 * 1024)}`);
  await assert.rejects(
    read(folder),
    appError("input_unreadable", /\.env" is larger than 1 MiB$/),
  );
  await Deno.remove(folder.join(".env"));
  await new Deno.Command("mkfifo", { args: [folder.join(".env")] }).output();
  await assert.rejects(
    read(folder),
    appError("input_unreadable", /\.env" is not a file$/),
  );
});
