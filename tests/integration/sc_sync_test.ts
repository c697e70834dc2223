import { deepStrictEqual as equal, match } from "node:assert/strict";
import { finish, planOf, sendInVain, serials } from "../support/live_runs.ts";
import { outcomesOf } from "../support/outcomes.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage } from "../support/stage.ts";

const SYNCHRONIZED = "All reports are synchronized with StandCloud\n";

Deno.test("the compiled program's sc-sync sends what lies in .hardpy below the folder, and what waits in the ledger alone", async () => {
  await using stage = await setLoggedInStage();
  await sendInVain(stage, await finish(stage, "A"));
  await finish(stage, "B");
  const { address, caFile } = stage.sandbox;
  const options = {
    home: stage.home,
    env: { STANDCLOUD_ADDRESS: address, STANDCLOUD_CA_FILE: caFile },
    cwd: planOf(stage),
  };

  const first = await runBinary(["sc-sync"], options);
  equal([first.code, serials(stage).sort()], [0, ["A", "B"]], first.stderr);
  match(
    first.stdout,
    /\n2 uploaded in \d+\.\d s \(address: .+\)\nAll reports are synchronized with StandCloud\n$/,
  );
  const again = await runBinary(["sc-sync", "--quiet"], options);
  equal([again.code, again.stdout, serials(stage).length], [0, "", 2]);
});

Deno.test("sc-sync takes the --timeout that HardPy's command takes", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");

  const args = ["sc-sync", planOf(stage), "--timeout", "60", "--json"];
  const result = await stage.run(args);

  equal([result.code, outcomesOf(result).counts["uploaded"]], [0, 1]);
});

Deno.test("sc-sync of a folder without runs is no error, and upload of it is one", async () => {
  await using stage = await setLoggedInStage();
  const folder = stage.folder.join("empty");
  await Deno.mkdir(folder);

  const { code, stdout, stderr } = await stage.run(["sc-sync", folder]);

  equal([code, stdout.split("\n").slice(1).join("\n")], [0, SYNCHRONIZED]);
  match(stderr, /^note: ".*empty" holds no run documents \(\*\.json\)\n$/);
  equal((await stage.run(["upload", folder])).code, 2);
});

Deno.test("sc-sync does not say that all is synchronized while reports wait or were only planned", async () => {
  await using stage = await setLoggedInStage();
  await finish(stage, "A");
  const planned = await stage.run(["sc-sync", "--dry-run", planOf(stage)]);
  equal([planned.code, planned.stdout.includes(SYNCHRONIZED)], [0, false]);
  stage.sandbox.setReachable(false);

  const waiting = await stage.run([
    "sc-sync",
    planOf(stage),
    "--retry-for",
    "0",
  ]);

  equal([waiting.code, waiting.stdout.includes(SYNCHRONIZED)], [6, false]);
  stage.sandbox.setReachable(true);
});

Deno.test("sc-sync of what is not a folder ends with exit 2", async () => {
  await using stage = await setLoggedInStage();
  const file = await finish(stage, "A");
  for (const path of [file, stage.folder.join("nowhere")]) {
    const { code, stderr } = await stage.run(["sc-sync", path]);
    equal(code, 2);
    match(stderr, /^error: ".*" is not a folder\n/);
  }
  equal(stage.sandbox.reports.length, 0);
});

Deno.test("sc-sync takes the address and the key of the hardpy.toml in its folder, and the summary names both (duty 46)", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["good"] });
  const { address } = stage.sandbox;
  await stage.run(["sc-logout"]);
  await finish(stage, "A");
  const toml = `${planOf(stage)}/hardpy.toml`;
  await Deno.writeTextFile(
    toml,
    `[stand_cloud]\naddress = "${address}"\napi_key = "good"\n`,
  );
  const env = { STANDCLOUD_ADDRESS: "" };

  const result = await stage.run(["sc-sync", planOf(stage), "--json"], { env });

  const summary = eventsOf(result).at(-1);
  equal([result.code, summary?.["uploaded"]], [0, 1], result.stderr);
  equal([summary?.["address"], summary?.["address_source"]], [address, toml]);
  const { stdout } = await stage.run(["sc-sync", planOf(stage)], { env });
  match(
    stdout.split("\n").at(-3) ?? "",
    /^1 already uploaded in .* s \(address: .*, from .*\/plan\/hardpy\.toml\)$/,
  );
});

for (const flags of [["--dry-run"], ["--export", "BUNDLE"]]) {
  Deno.test(`the summary of upload ${flags[0]} names the address, or none`, async () => {
    await using stage = await setLoggedInStage();
    const { address } = stage.sandbox;
    await finish(stage, "A");
    const summaryWith = async (name: string, env = {}) => {
      const args = ["upload", "--json", planOf(stage), ...flags].map((word) =>
        word.replace("BUNDLE", stage.folder.join(name))
      );
      return eventsOf(await stage.run(args, { env })).at(-1);
    };

    equal((await summaryWith("a"))?.["address"], address);
    await stage.run(["sc-logout"]);
    const none = await summaryWith("b", { STANDCLOUD_ADDRESS: "" });
    equal([none?.["address"], none?.["address_source"]], [null, null]);
  });
}
