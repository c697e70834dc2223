import assert from "node:assert/strict";
import { join } from "node:path";
import { sharedFiles } from "../../src/system/claim_beside.ts";
import { withStaleRemovals } from "./stale_removals.ts";

type Broken = "tryLock" | "lstat";

/** A folder with one run; while `use` runs, the call fails as on a disk that is broken. */
async function withBroken(
  call: Broken | undefined,
  use: (path: string, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "run.json");
  await Deno.writeTextFile(path, "{}");
  const fail = () => {
    const error = new Error("Input/output error (os error 5)");
    return Promise.reject(Object.assign(error, { code: "EIO" }));
  };
  const { lstat } = Deno;
  const { tryLock } = Deno.FsFile.prototype;
  if (call === "lstat") Deno.lstat = fail;
  if (call === "tryLock") Deno.FsFile.prototype.tryLock = fail;
  try {
    await use(path, folder);
  } finally {
    Deno.lstat = lstat;
    Deno.FsFile.prototype.tryLock = tryLock;
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).sort();
}

Deno.test("claim() leaves no file behind, held and released or where the disk gives no lock", async () => {
  await withBroken(undefined, async (path, folder) => {
    const claim = await sharedFiles.claim(path);
    assert.ok(typeof claim === "object" && !claim.isLeftOver);
    assert.deepEqual(await namesIn(folder), [".run.json.claim", "run.json"]);
    await claim.release();
    assert.deepEqual(await namesIn(folder), ["run.json"]);
  });
  await withBroken("tryLock", async (path, folder) => {
    assert.equal(await sharedFiles.claim(path), "impossible");
    assert.deepEqual(await namesIn(folder), ["run.json"]);
  });
});

Deno.test("claim() keeps the claim of a holder that died, where the disk gives no lock", async () => {
  await withBroken("tryLock", async (path, folder) => {
    await Deno.writeTextFile(join(folder, ".run.json.claim"), "");
    assert.equal(await sharedFiles.claim(path), "impossible");
    assert.deepEqual(await namesIn(folder), [".run.json.claim", "run.json"]);
  });
});

Deno.test("clear() keeps the claims of files that the disk does not show just now (duty 54)", async () => {
  const claim = ".run.json.claim";
  await withBroken("lstat", async (_path, folder) => {
    await Deno.writeTextFile(join(folder, claim), "");
    await sharedFiles.clear(folder);
    assert.deepEqual(await namesIn(folder), [claim, "run.json"]);
  });
  await withBroken(undefined, async (path, folder) => {
    await Deno.writeTextFile(join(folder, claim), "");
    await Deno.remove(path);
    await sharedFiles.clear(folder);
    assert.deepEqual(await namesIn(folder), []);
  });
});

Deno.test("a claim is taken away also when a share loses sight of it for a moment", async () => {
  await withBroken(undefined, async (path, folder) => {
    const claim = await sharedFiles.claim(path);
    assert.ok(typeof claim === "object");
    await withStaleRemovals(() => claim.release());
    assert.deepEqual(await namesIn(folder), ["run.json"]);
  });
});
