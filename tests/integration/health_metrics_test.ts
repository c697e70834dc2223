import { deepStrictEqual as equal, match } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { startBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { until } from "../support/until.ts";

const RUN = runFile("minimum.jsonloader");
const INCOMPLETE = runFile("no_part_number.jsonloader");

Deno.test("health --metrics writes what health says into the file", async () => {
  await using stage = await setLoggedInStage();
  await stage.run(["upload", RUN, INCOMPLETE]);
  const file = stage.folder.join("standcloud.prom");
  equal((await stage.run(["health", "--metrics", file])).code, 5);
  const text = await Deno.readTextFile(file);
  match(text, /^standcloud_reports\{state="uploaded"\} 1$/m);
  match(text, /^standcloud_reports\{state="held"\} 1$/m);
  match(text, /^standcloud_login_state\{address="127.*",state="valid"\} 1$/m);
  const nowhere = stage.folder.join("no/standcloud.prom");
  const failed = await stage.run(["health", "--metrics", nowhere]);
  equal([failed.code, failed.stdout], [2, ""]);
});

Deno.test("the compiled program writes metrics, and says in one line how the stand is", async () => {
  await using folder = await TemporaryFolder.make();
  const file = folder.join("standcloud.prom");
  const program = await startBinary(["health", "--metrics", file], {
    home: folder.join("home"),
    env: { STANDCLOUD_API_KEY: "key", STANDCLOUD_ADDRESS: "a.example" },
  });
  const { code, stdout } = await program.result;
  equal(code, 0);
  match(stdout, /^ok: an API key is used \(a\.example\), nothing waits, .*\n$/);
  match(await Deno.readTextFile(file), /state="ok"\} 1\n/);
});

Deno.test("upload --watch --metrics keeps the metrics fresh, and writes them a last time at the end", async () => {
  await using stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  const file = stage.folder.join("standcloud.prom");
  const count = async () =>
    /state="uploaded"\} (\d+)/.exec(
      await Deno.readTextFile(file).catch(() => ""),
    )?.[1];
  const flags = ["--watch", "--metrics", file];
  const program = stage.start(["upload", ...flags, runs]);
  await until(async () => await count() === "0");
  await Deno.copyFile(RUN, `${runs}/a.json`);
  await until(() => stage.service.forms("test_report").length === 1);
  program.interrupt();
  equal((await program.result).code, 130);
  equal(await count(), "1");
});

Deno.test("upload --watch goes on where the metrics cannot be written, and says so once", async () => {
  await using stage = await setFakeStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  await Deno.copyFile(RUN, `${runs}/a.json`);
  const file = stage.folder.join("no/standcloud.prom");
  const flags = ["--watch", "--metrics", file];
  const program = stage.start(["upload", ...flags, runs]);
  await until(() => stage.service.forms("test_report").length === 1);
  program.interrupt();
  const { stderr } = await program.result;
  equal(stderr.match(/^warning: Cannot write ".*": there is no/gm)?.length, 1);
});

Deno.test("upload --metrics without --watch is wrong usage, and the hint names health", async () => {
  await using stage = await setFakeStage();
  const args = ["upload", "--metrics", "a.prom", RUN];
  const { code, stderr } = await stage.run(args);
  equal(code, 2);
  match(stderr, /^hint: standcloud health --metrics FILE/m);
});
