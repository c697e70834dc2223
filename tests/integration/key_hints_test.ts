import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { runBinary } from "../support/run_binary.ts";
import { setStage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** A folder whose hardpy.toml names the address. */
async function writePlan(
  folder: TemporaryFolder,
  address: string,
): Promise<string> {
  await Deno.mkdir(folder.join("tests"));
  const toml = `[stand_cloud]\naddress = "${address}"\n`;
  await folder.write("tests/hardpy.toml", toml);
  return folder.join("tests");
}

Deno.test("doctor tells once why a key of the environment is not sent, and asks for no login instead, where nothing answers", async () => {
  await using folder = await TemporaryFolder.make();
  const cwd = await writePlan(folder, "127.0.0.1:9");
  await folder.write("tests/.env", "HARDPY_SC_API_KEY=CANARY-key\n");

  const { code, stdout, stderr } = await runBinary(["doctor", "--json"], {
    home: folder.join("home"),
    env: { HARDPY_SC_API_KEY: "CANARY-key" },
    cwd,
  });

  equal([code, stderr], [4, ""]);
  ok(!stdout.includes("CANARY"));
  const logins = stdout.trim().split("\n").map((line) => JSON.parse(line))
    .filter(({ group }) => group === "logins");
  equal(logins.map(({ hint, state }) => [state, hint]), [[
    "failed",
    `if the address is right, set STANDCLOUD_ADDRESS=127.0.0.1:9 or give --config "${cwd}/hardpy.toml"; ` +
    `else unset HARDPY_SC_API_KEY: then the command uses HARDPY_SC_API_KEY of ${cwd}/.env`,
  ]]);
});

Deno.test("the hint after a refused key names the .env file that holds it", async () => {
  await using stage = await setStage();
  const { address, caFile } = stage.sandbox;
  const cwd = await writePlan(stage.folder, address);
  await stage.folder.write("tests/.env", "HARDPY_SC_API_KEY=bad\n");
  const env = { STANDCLOUD_CA_FILE: caFile };

  for (const args of [["runs", "list"], ["doctor"]]) {
    const { code, stdout, stderr } = await runBinary(args, {
      home: stage.home,
      env,
      cwd,
    });
    equal(code, 3);
    match(
      stdout + stderr,
      new RegExp(
        `hint: put the new key in place of HARDPY_SC_API_KEY of ${cwd}/\\.env\n`,
      ),
    );
  }
});
