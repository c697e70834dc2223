import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { named } from "../support/outcomes.ts";
import { runProgram } from "../support/run_program.ts";
import { runFile } from "../support/runs.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

type Stage = Awaited<ReturnType<typeof setFakeStage>>;

const PASSED = runFile("sensor_board_passed.jsonloader");
const FAILED = runFile("sensor_board_failed.jsonloader");

/** Uploads with these arguments, and gives the digest of the last report. */
async function uploaded(stage: Stage, ...args: string[]): Promise<string> {
  const result = await stage.run(["upload", "--json", ...args]);
  return String(named(result, "report").at(-1)?.["digest"]);
}

async function serialOf(stage: Stage, word: string): Promise<unknown> {
  const result = await stage.run(["show", "--json", word]);
  equal([result.code, result.stderr], [0, ""]);
  const [run, ...more] = named(result, "run");
  equal(more, []);
  const document = run?.["document"] as Record<string, unknown> | undefined;
  return (document?.["dut"] as Record<string, unknown>)["serial_number"];
}

Deno.test("show DIGEST shows the run of the file that was uploaded, by its first characters too", async () => {
  await using stage = await setFakeStage();
  const path = stage.folder.join("a.json");
  await Deno.copyFile(PASSED, path);
  const digest = await uploaded(stage, path);

  equal(await serialOf(stage, digest), "CSB-000117");
  equal(await serialOf(stage, digest.slice(0, 8)), "CSB-000117");
  const { stdout } = await stage.run(["show", digest]);
  match(stdout, /CSB-000117/);
});

Deno.test("show DIGEST finds the run in the folder that --after move has put its file into", async () => {
  await using stage = await setFakeStage();
  const path = stage.folder.join("a.json");
  await Deno.copyFile(PASSED, path);
  const digest = await uploaded(stage, "--after", "move", path);
  ok(
    (await listing(stage.folder.path)).some((line) =>
      line.includes("uploaded")
    ),
  );

  equal(await serialOf(stage, digest), "CSB-000117");
});

Deno.test("show FILE:LINE shows the run that is named so elsewhere, and none on other lines", async () => {
  await using stage = await setFakeStage();
  const lines = await Promise.all(
    [PASSED, FAILED].map(async (path) =>
      JSON.stringify(JSON.parse(await Deno.readTextFile(path)))
    ),
  );
  const path = await stage.folder.write("runs.jsonl", lines.join("\n"));

  const shown = await stage.run(["show", "--json", `${path}:2`]);
  equal(shown.code, 0);
  equal(named(shown, "run").map(({ source }) => source), [`${path}:2`]);
  const missing = await stage.run(["show", `${path}:3`]);
  equal(missing.code, 2);
  match(missing.stderr, /There is no run ".*runs\.jsonl:3"/);
});

Deno.test("show DIGEST shows one run of a file that holds several, and nothing of the others", async () => {
  await using stage = await setFakeStage();
  const lines = await Promise.all(
    [PASSED, FAILED].map(async (path) =>
      JSON.stringify(JSON.parse(await Deno.readTextFile(path)))
    ),
  );
  const path = await stage.folder.write("a.jsonl", `${lines.join("\n")}\n{\n`);
  const result = await stage.run(["upload", "--json", path]);
  const digests = named(result, "report").map(({ digest }) => digest)
    .filter((digest) => digest !== null);
  equal(digests.length, 2);
  for (const digest of digests) {
    const shown = await stage.run(["show", "--json", String(digest)]);
    equal(named(shown, "run").map((run) => run["digest"]), [digest]);
    equal([shown.code, shown.stderr], [0, ""]);
  }
});

Deno.test("show DIGEST shows what came through stdin and waits in the ledger", async () => {
  await using stage = await setFakeStage();
  stage.service.answers["test_report"] = () =>
    new Response(null, { status: 503 });
  const stdin = await Deno.readTextFile(PASSED);
  const args = ["upload", "--json", "--retry-for", "0", "-"];
  const result = await stage.run(args, { stdin });
  const [report] = named(result, "report");
  equal(report?.["outcome"], "waiting");
  equal(await serialOf(stage, String(report?.["digest"])), "CSB-000117");
});

for (
  const [name, change] of [
    ["is gone", (path: string) => Deno.remove(path)],
    ["holds another run", (path: string) => Deno.copyFile(FAILED, path)],
  ] as const
) {
  Deno.test(`show DIGEST says that the file ${name}`, async () => {
    await using stage = await setFakeStage();
    const path = stage.folder.join("a.json");
    await Deno.copyFile(PASSED, path);
    const digest = await uploaded(stage, path);
    await change(path);

    const { code, stderr } = await stage.run(["show", digest]);

    equal(code, 2);
    match(
      stderr,
      /^error: Cannot show run [0-9a-f]{12}: ".*a\.json" is gone, or holds another run now$/m,
    );
  });
}

Deno.test("show takes a file that is named like a digest for a file", async () => {
  await using stage = await setFakeStage();
  const path = stage.folder.join("deadbeef");
  await Deno.copyFile(PASSED, path);
  equal(await serialOf(stage, path), "CSB-000117");
});

Deno.test("show of a digest that the ledger does not know is wrong usage, and makes no ledger", async () => {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const { code, stderr } = await runProgram(["show", "deadbeef"], { home });
  equal(code, 2);
  match(
    stderr,
    /^error: There is no file "deadbeef", and the stand has no led/m,
  );
  equal(await listing(folder.path), []);
  await runProgram(["history"], { home });
  const known = await runProgram(["show", "deadbeef"], { home });
  equal(known.code, 2);
  match(known.stderr, /^error: The ledger knows no report "deadbeef"/m);
});
