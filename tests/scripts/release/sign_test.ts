import assert from "node:assert/strict";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import { release, runIn } from "./released.ts";

/** As docs/security.md says it. */
function verify(name: string): string[] {
  return [
    ...["ssh-keygen", "-Y", "verify", "-f", "allowed_signers"],
    ...["-I", "standcloud", "-n", "standcloud-release", "-s", `${name}.sig`],
  ];
}

Deno.test("buildRelease() signs what ssh-keygen verifies, and nothing else passes", async () => {
  await using keys = await TemporaryFolder.make();
  for (const name of ["key", "other"]) {
    const make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", name];
    assert.equal((await runIn(keys.path, make)).code, 0);
  }
  await using released = await release(keys.join("key"));
  const { folder, program } = released;
  const trust = async (name: string) => {
    const key = await Deno.readTextFile(keys.join(`${name}.pub`));
    await Deno.writeTextFile(`${folder}/allowed_signers`, `standcloud ${key}`);
  };
  const check = async (name: string) =>
    (await runIn(folder, verify(name), `${folder}/${name}`)).code;
  const programName = program.slice(folder.length + 1);

  await trust("key");
  assert.equal(await check("SHA256SUMS"), 0);
  assert.equal(await check(programName), 0);

  await trust("other");
  assert.notEqual(await check("SHA256SUMS"), 0);

  await trust("key");
  await Deno.writeTextFile(`${folder}/SHA256SUMS`, "\n", { append: true });
  assert.notEqual(await check("SHA256SUMS"), 0);
});

Deno.test("buildRelease() stops at a key that ssh-keygen cannot use", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.writeTextFile(folder.join("key"), "no key");
  await assert.rejects(
    release(folder.join("key")),
    /ssh-keygen cannot sign standcloud-/,
  );
});
