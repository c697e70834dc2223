import assert from "node:assert/strict";
import { privateFiles } from "../../src/system/private_files.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Syncing a folder fails until disposed; files can be synced. */
function failingSync(message: string, code?: string): Disposable {
  const { sync } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.sync = async function () {
    const { isDirectory } = await this.stat();
    if (isDirectory) throw Object.assign(new Error(message), { code });
    return await sync.call(this);
  };
  return { [Symbol.dispose]: () => void (Deno.FsFile.prototype.sync = sync) };
}

const REFUSALS: [string, string | undefined][] = [
  ["Invalid argument (os error 22)", "EINVAL"],
  ["Operation not supported (os error 95)", "ENOTSUP"],
  ["Operation not permitted (os error 1)", "EPERM"],
  ["Function not implemented (os error 38)", undefined],
  // The file is there all the same.
  ["Input/output error (os error 5)", "EIO"],
];

for (const [message, code] of REFUSALS) {
  Deno.test(`write() and remove() go on where a folder is not synced: ${message}`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = folder.join("home", "a");
    using _failing = failingSync(message, code);
    await privateFiles.write(path, new Uint8Array([1]));
    assert.deepEqual(await privateFiles.read(path), new Uint8Array([1]));
    assert.equal(await privateFiles.remove(path), true);
    assert.equal(await privateFiles.read(path), undefined);
  });
}

Deno.test("remove() goes on where no handle is left to sync the folder", async () => {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("home", "a");
  await privateFiles.write(path, new Uint8Array([1]));
  const { open } = Deno;
  const { now } = performance;
  let time = 0;
  Deno.open = () =>
    Promise.reject(Object.assign(new Error("none"), { code: "EMFILE" }));
  performance.now = () => time += 1000;
  try {
    assert.equal(await privateFiles.remove(path), true);
  } finally {
    Deno.open = open;
    performance.now = now;
  }
});
