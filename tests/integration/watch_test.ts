import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { runFile } from "../support/runs.ts";
import { until } from "../support/until.ts";

type Stage = Awaited<ReturnType<typeof setFakeStage>>;

/** Watches an empty folder until the test is over. */
async function watching(
  stage: Stage,
  work: (runs: string) => Promise<void>,
  flags: string[] = [],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs, { recursive: true });
  const program = stage.start(["upload", "--watch", runs, ...flags]);
  try {
    await work(await Deno.realPath(runs));
  } finally {
    program.interrupt();
  }
  return await program.result;
}

const sent = (stage: Stage) => stage.service.forms("test_report").length;

async function run(form = "minimum.jsonloader"): Promise<string> {
  return await Deno.readTextFile(runFile(form));
}

Deno.test("upload --watch uploads what is in the folder and what comes into it, also below", async () => {
  await using stage = await setFakeStage();
  await Deno.mkdir(stage.folder.join("runs"));
  await stage.folder.write("runs/old.json", await run());
  const { code, stdout } = await watching(stage, async (runs) => {
    await until(() => sent(stage) === 1);
    await Deno.writeTextFile(
      `${runs}/new.json`,
      await run("sensor_board_passed.jsonloader"),
    );
    await until(() => sent(stage) === 2);
    await Deno.mkdir(`${runs}/below/deep`, { recursive: true });
    await Deno.writeTextFile(
      `${runs}/below/deep/x.json`,
      await run("sensor_board_failed.jsonloader"),
    );
    await until(() => sent(stage) === 3);
  });
  equal(code, 130);
  match(stdout, /\n3 uploaded in /);
});

Deno.test("upload --watch waits until a file is whole, and reports it once", async () => {
  await using stage = await setFakeStage();
  const text = await run();
  const { stdout } = await watching(stage, async (runs) => {
    const file = `${runs}/slow.json`;
    for (let length = 200; length < text.length; length += 400) {
      await Deno.writeTextFile(file, text.slice(0, length));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    await Deno.writeTextFile(file, text);
    await until(() => sent(stage) === 1);
  });
  match(stdout, /^uploaded .+slow\.json/);
  equal(stdout.includes("invalid"), false);
});

Deno.test("upload --watch leaves a run that HardPy has not finished, and HardPy's statestore", async () => {
  await using stage = await setFakeStage();
  const document = JSON.parse(await run("sensor_board_failed.runstore"));
  const { stdout } = await watching(stage, async (runs) => {
    const storage = `${runs}/.hardpy/storage`;
    await Deno.mkdir(`${storage}/runstore`, { recursive: true });
    await Deno.mkdir(`${storage}/statestore`);
    const file = `${storage}/runstore/localhost_8000.json`;
    const unfinished = { ...document, status: "run", "stop_time": null };
    await Deno.writeTextFile(`${storage}/statestore/x.json`, "{}");
    await Deno.writeTextFile(file, JSON.stringify(unfinished));
    await Deno.writeTextFile(`${runs}/marker.json`, await run());
    await until(() => sent(stage) === 1);
    await Deno.writeTextFile(file, JSON.stringify(document));
    await until(() => sent(stage) === 2);
  });
  equal(stdout.match(/^\w+ .*localhost_8000/gm)?.length, 1);
  equal(stdout.includes("statestore"), false);
});

Deno.test("upload --watch drains what waits when StandCloud answers again", async () => {
  await using stage = await setFakeStage();
  const good = stage.service.answers["test_report"];
  let isAway = true;
  stage.service.answers["test_report"] = (form) =>
    isAway ? new Response(null, { status: 503 }) : good(form);
  const { stdout, stderr } = await watching(stage, async (runs) => {
    await Deno.writeTextFile(`${runs}/a.json`, await run());
    await until(() => sent(stage) >= 1);
    // Others that come meanwhile wait too, and the ledger knows of them.
    await Deno.writeTextFile(
      `${runs}/b.json`,
      await run("sensor_board_passed.jsonloader"),
    );
    await until(async () => {
      const history = await stage.run(["history", "--waiting", "--json"]);
      return history.stdout.includes('"shown":2') ||
        history.stdout.includes('"sending":1');
    });
    isAway = false;
    await until(async () => {
      const history = await stage.run(["history", "--json"]);
      return history.stdout.includes('"uploaded":2');
    });
  });
  match(stdout, /2 uploaded in /);
  match(
    stderr,
    /Z paused until a try succeeds \(next at 20.+Z\), 1 waiting: StandCloud answers with HTTP 503\n/,
  );
  match(stderr, /^20\S+Z resumed: StandCloud answers again after /m);
});

Deno.test("upload --watch --after move empties the folder and does not look at what it moved", async () => {
  await using stage = await setFakeStage();
  const { stdout } = await watching(stage, async (runs) => {
    await Deno.writeTextFile(`${runs}/a.json`, await run());
    await until(async () =>
      await Deno.stat(`${runs}/uploaded/a.json`).then(() => true, () => false)
    );
    await Deno.writeTextFile(
      `${runs}/b.json`,
      await run("sensor_board_passed.jsonloader"),
    );
    await until(() => sent(stage) === 2);
  }, ["--after", "move", "--verbose"]);
  equal(stdout.includes("already uploaded"), false);
});

Deno.test("upload --watch wants folders that are there, and no dry run", async () => {
  await using stage = await setFakeStage();
  const file = await stage.folder.write("a.json", await run());
  for (const path of [file, stage.folder.join("none")]) {
    const { code, stderr } = await stage.run(["upload", "--watch", path]);
    equal(code, 2);
    match(stderr, /^error: --watch needs folders, and ".+" is none\nhint: /);
  }
  const loop = stage.folder.join("loop");
  await Deno.symlink(loop, loop);
  const closed = await stage.run(["upload", "--watch", loop]);
  equal(closed.code, 2);
  match(closed.stderr, /^error: Cannot read ".+loop/);
  const both = ["upload", "--watch", "--dry-run", stage.folder.path];
  equal((await stage.run(both)).code, 2);
  ok(sent(stage) === 0);
});

Deno.test("upload --watch --after move takes the runs of two folders, where the name of one begins the name of the other", async () => {
  await using stage = await setFakeStage();
  await Deno.mkdir(stage.folder.join("runs-2"));
  await stage.folder.write("runs-2/a.json", await run());
  const flags = ["--after", "move", stage.folder.join("runs-2")];
  await watching(stage, async () => {
    await until(() => sent(stage) === 1);
    const moved = stage.folder.join("runs-2/uploaded/a.json");
    await until(() => Deno.lstat(moved).then(() => true, () => false));
  }, flags);
});
