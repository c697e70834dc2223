import { deepStrictEqual as equal, match } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { runBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Homes that cannot be made; not even root can write to /proc. */
async function unwritableHomes(folder: TemporaryFolder): Promise<string[]> {
  const homes = [`${await folder.write("file", "")}/home`];
  return Deno.build.os === "linux" ? [...homes, "/proc/standcloud"] : homes;
}

Deno.test("sc-login asks nobody for a login that it cannot save", async () => {
  await using stage = await setFakeStage();
  const { address, received } = stage.service;
  for (const home of await unwritableHomes(stage.folder)) {
    const { code, stdout, stderr } = await stage.run(
      ["sc-login", address, "--timeout", "1"],
      { home },
    );

    equal([code, stdout, received], [2, "", []]);
    match(stderr, /^error: Cannot make the folder .+\nhint: .+\n$/);
  }
});

Deno.test("doctor warns of a home where no login can be saved, and names the place", async () => {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("plain", "");
  for (const home of [file, ...await unwritableHomes(folder)]) {
    const { code, stdout } = await runBinary(["doctor"], { home });
    equal(code, 0, stdout);
    match(
      stdout,
      /^warning {2}files {5}.*"\S+".*; no login can be saved or renewed\n {2}hint: set STANDCLOUD_HOME to a folder you may write to\n/,
    );
  }
  equal((await Deno.stat(file)).size, 0);
});

Deno.test("sc-logout without a login makes no folder, and needs none that it can write to", async () => {
  await using folder = await TemporaryFolder.make();
  const address = "demo.standcloud.io";
  const homes = await unwritableHomes(folder);
  for (const home of [folder.join("none"), ...homes]) {
    equal(await runBinary(["sc-logout", address], { home }), {
      code: 3,
      stdout: "",
      stderr: `error: Not logged in to ${address}\n`,
    });
    equal(await runBinary(["sc-logout", "--all"], { home }), {
      code: 0,
      stdout: "",
      stderr: "This stand is not logged in anywhere.\n",
    });
  }
  const left = await Array.fromAsync(Deno.readDir(folder.path));
  equal(left.map(({ name }) => name), ["file"]);
});
