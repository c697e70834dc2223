import assert from "node:assert/strict";
import { buildFromClone, clones } from "../../../scripts/release/clones.ts";
import { differences } from "../../../scripts/release/differences.ts";
import { wrongFiles } from "../../../scripts/release/sums.ts";

Deno.test("a release from two clones at two paths is the same, byte for byte", async () => {
  await using made = await clones();
  const args = ["--system", "linux-x64", "--system", "windows-x64"];
  const [first = "", second = ""] = await Promise.all(
    made.folders.map((clone) => buildFromClone(clone, { log: () => {}, args })),
  );
  assert.deepEqual(await differences(first, second), []);
  assert.deepEqual(await wrongFiles(second), []);

  // A file that is not what its sum says shows, and so does another sum.
  await Deno.writeTextFile(`${second}/LICENSE`, "another licence");
  assert.deepEqual(await wrongFiles(second), ["LICENSE"]);
  const sums = `${second}/SHA256SUMS`;
  const text = await Deno.readTextFile(sums);
  await Deno.writeTextFile(sums, text.replace(/^[0-9a-f]{4}/, "0000"));
  assert.equal((await differences(first, second)).length, 1);
});
