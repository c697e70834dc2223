import assert from "node:assert/strict";
import { parseTarget } from "../../../scripts/compile/targets.ts";
import { buildRelease } from "../../../scripts/release/build_release.ts";
import { clearRelease } from "../../../scripts/release/clear_release.ts";
import { unlistedFiles } from "../../../scripts/release/sums.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";

const STALE = [
  "SHA256SUMS.sig",
  "standcloud-0.0.1-linux-x64",
  "standcloud-0.0.1-linux-x64.sig",
  "standcloud-0.0.1.cdx.json",
  "docs/old.md",
  "provision/old.sh",
];

const KEPT = [
  "completions/mine.bash",
  "standcloud",
  "standcloud.built-from",
  "notes.txt",
];

async function used(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("completions"));
  await Deno.mkdir(folder.join("docs"));
  await Deno.mkdir(folder.join("provision"));
  for (const name of [...STALE, ...KEPT]) await folder.write(name, "");
  return folder;
}

Deno.test("buildRelease() leaves nothing of an older release in the folder, and all else", async () => {
  await using folder = await used();
  await folder.write("SHA256SUMS", "");
  await buildRelease({
    folder: folder.path,
    targets: [parseTarget()],
    log: () => {},
  });
  assert.deepEqual(await unlistedFiles(folder.path), [...KEPT].sort());
});

Deno.test("clearRelease() removes nothing where no release lies", async () => {
  await using folder = await used();
  await clearRelease(folder.path);
  for (const name of [...STALE, ...KEPT]) await Deno.stat(folder.join(name));
});
