import { deepStrictEqual as equal, match, rejects } from "node:assert/strict";
import { openDatabase } from "../../src/system/database.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { MovedFiles } from "../../src/upload/sources/moved_files.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { address, oauthLogin } from "../tokens/logins.ts";

const CODES = ["EACCES", "EIO", "ESTALE"];

interface BrokenDisk extends Disposable {
  code: string;
}

/** From now on the disk does not say what is at a path with this end. */
function breakDisk(end: string): BrokenDisk {
  const { lstat, stat, readDirSync } = Deno;
  const broken = { code: "EIO" };
  const isMeant = (path: string | URL) => String(path).endsWith(end);
  const failed = () => Object.assign(new Error("failed"), broken);
  Deno.lstat = (path) => isMeant(path) ? Promise.reject(failed()) : lstat(path);
  Deno.stat = (path) => isMeant(path) ? Promise.reject(failed()) : stat(path);
  Deno.readDirSync = (path) => {
    if (isMeant(path)) throw failed();
    return readDirSync(path);
  };
  return Object.assign(broken, {
    [Symbol.dispose]: () =>
      void Object.assign(Deno, { lstat, stat, readDirSync }),
  });
}

/** The action fails with each code, and its error names the path. */
async function toldFor(
  end: string,
  action: () => Promise<unknown>,
): Promise<void> {
  using broken = breakDisk(end);
  for (const code of CODES) {
    broken.code = code;
    await rejects(action(), ({ message }: Error) => {
      match(message, new RegExp(end));
      match(message, new RegExp(`${code}|permission denied`));
      return true;
    });
  }
}

Deno.test("a login that the disk does not show is not taken for no login (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const store = openTokenStore(system, await findKeySource(system, undefined));
  await store.save(address, oauthLogin());
  const before = await listing(folder.path);

  await toldFor("demo.standcloud.io.age", () => store.load(address));
  await toldFor("logins", () => store.list());

  equal(await listing(folder.path), before);
});

Deno.test("a key that the disk does not show is not taken for no key: none is made in its place (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const keys = await findKeySource(system, undefined);
  await keys.keyForSealing();
  const before = await Deno.readTextFile(folder.join("key.txt"));

  await toldFor("key.txt", () => keys.keyForSealing());
  await toldFor("key.txt", () => keys.key());

  equal(await Deno.readTextFile(folder.join("key.txt")), before);
});

Deno.test("the stand's own key that the disk does not show is missed among the other keys (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  const variables = { "STANDCLOUD_PASSPHRASE": "horse" };
  const system = fakeSystem(folder.path, { variables });
  const keys = await findKeySource(system, undefined);
  await (await findKeySource(fakeSystem(folder.path), undefined))
    .keyForSealing();
  equal((await keys.others()).length, 1);
  using broken = breakDisk("key.txt");
  await rejects(keys.others(), /key\.txt": input\/output error .+EIO/);
  // A key file that this user may not read is the key of another user.
  broken.code = "EACCES";
  equal(await keys.others(), []);
});

Deno.test("a folder or file that the disk does not show is not taken for none (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("runs"));
  const file = await folder.write("runs/a.json", "{}");
  await toldFor("runs", () => inputFiles.folder(folder.join("runs")));
  await toldFor("runs", () => privateFiles.list(folder.join("runs")));
  await toldFor("a.json", () => inputFiles.info(file));
  equal(await inputFiles.info(folder.join("runs/b.json")), undefined);
});

Deno.test("a ledger that the disk does not show was not removed (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  using database = await openDatabase(folder.join("home", "ledger.db"));
  await toldFor("ledger.db", () => database.isCurrent());
  equal(await database.isCurrent(), true);
  await Deno.remove(folder.join("home", "ledger.db"));
  equal(await database.isCurrent(), false);
});

Deno.test("a folder of moved runs that the disk does not show holds perhaps the run (duty 54)", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("rejected"));
  const system = fakeSystem(folder.join("home"));
  const find = () =>
    new MovedFiles(system).find(folder.join("a.json"), "digest");
  equal(await find(), undefined);
  await toldFor("rejected", find);
});
