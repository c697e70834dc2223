import assert from "node:assert/strict";
import {
  SUMS,
  unlistedFiles,
  writeSums,
} from "../../../scripts/release/sums.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { runIn } from "./released.ts";

async function released(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("provision/ansible"), { recursive: true });
  const names = ["LICENSE", "provision/ansible/main.yml"];
  for (const name of names) await folder.write(name, name);
  await writeSums(folder.path, names);
  await folder.write(`${SUMS}.sig`, "signature");
  await folder.write("LICENSE.sig", "signature");
  return folder;
}

Deno.test("unlistedFiles() finds files that nobody released, in folders too, and takes signatures of released ones", async () => {
  await using folder = await released();
  assert.deepEqual(await unlistedFiles(folder.path), []);

  const strangers = ["other.sig", "provision/ansible/extra.yml", "standcloud"];
  for (const name of [...strangers, "allowed_signers"]) {
    await folder.write(name, "");
  }
  await Deno.symlink("/etc", folder.join("linked"));
  assert.deepEqual(
    await unlistedFiles(folder.path),
    ["linked", ...strangers],
  );
});

Deno.test("verify_release.ts refuses a folder with a file that nobody released, and names it", async () => {
  await using folder = await released();
  await folder.write("standcloud-9.9.9-linux-x64", "a program of someone else");
  const { code, text } = await runIn(".", [
    ...[Deno.execPath(), "run", "-A", "scripts/verify_release.ts"],
    folder.path,
  ]);
  assert.equal(code, 1);
  assert.match(text, /not released: standcloud-9\.9\.9-linux-x64\n/);
});
