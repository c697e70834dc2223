import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { named } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const INCOMPLETE = runFile("no_part_number.jsonloader");

/** A folder of the stand with a run that no part number has. */
async function incompleteRun(
  { folder }: Pick<Stage, "folder">,
): Promise<string> {
  await Deno.mkdir(folder.join("runs"), { recursive: true });
  const path = folder.join("runs/a.json");
  await Deno.copyFile(INCOMPLETE, path);
  return await Deno.realPath(path);
}

async function mend(path: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  const number = '"part_number": "PN-1"';
  await Deno.writeTextFile(
    path,
    text.replace('"part_number": null', number),
  );
}

type Runner = Pick<Stage, "run">;

/** States of all runs in the ledger, sorted. */
async function states(stage: Runner): Promise<unknown[]> {
  const result = await stage.run(["history", "--json"]);
  return named(result, "history").map(({ state }) => state).sort();
}

/** What `history` counts. */
async function counts(stage: Runner): Promise<Record<string, unknown>> {
  const result = await stage.run(["history", "--json"]);
  return named(result, "history_summary")[0] ?? {};
}

Deno.test("upload tells a held run as invalid, and keeps it in the history with its rules", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);

  const upload = await stage.run(["upload", "--json", path]);
  equal(upload.code, 5);
  equal(named(upload, "report")[0]?.["outcome"], "invalid");
  equal(named(upload, "summary")[0]?.["held"], 1);

  const history = await stage.run(["history", "--held", "--json"]);
  const [entry] = named(history, "history");
  equal([entry?.["state"], entry?.["source"]], ["held", path]);
  equal(entry?.["issues"], [{
    severity: "error",
    rule: "missing-mandatory-field",
    path: "/dut/part_number",
    message: "The DUT part number is missing",
    fix: "hardpy.set_dut_part_number",
  }]);
  const { held, waiting, uploaded } = await counts(stage);
  equal([held, waiting, uploaded], [1, 0, 0]);
});

Deno.test("upload names the held runs of the stand after its summary, and history the rules and their fixes", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);

  const { stdout } = await stage.run(["upload", path]);
  match(
    stdout,
    /^1 invalid in .*\n1 run is held by a rule until mended: standcloud history --held\n$/m,
  );
  const history = await stage.run(["history", "--held"]);
  match(
    history.stdout,
    /^held .*\n {2}error: The DUT part number is missing \[missing-mandatory-field \/dut\/part_number\]\n {4}fix: call hardpy\.set_dut_part_number\(\) in the test plan\n {4}or, for this run: standcloud upload --fill-unknown \S+\n1 held\n$/m,
  );
});

Deno.test("a held run is superseded when the mended file is uploaded", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);
  await stage.run(["upload", path]);
  await mend(path);

  equal((await stage.run(["upload", path])).code, 0);

  equal(await states(stage), ["superseded", "uploaded"]);
  equal((await counts(stage))["held"], 0);
});

Deno.test("a held run goes up with --fill-unknown, and leaves no other entry behind", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);
  await stage.run(["upload", path]);

  equal((await stage.run(["upload", "--fill-unknown", path])).code, 0);

  equal(await states(stage), ["uploaded"]);
});

Deno.test("a run that a rule holds again and again is one entry, which does not change", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);
  const entry = async () =>
    named(await stage.run(["history", "--json"]), "history");
  await stage.run(["upload", path]);
  const before = await entry();
  equal((await stage.run(["upload", path])).code, 5);
  equal(await entry(), before);
});

Deno.test("upload --dry-run holds nothing, and upload --export holds as upload does", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);
  equal((await stage.run(["upload", "--dry-run", path])).code, 5);
  equal(await states(stage), []);

  const bundle = stage.folder.join("b.zip");
  equal((await stage.run(["upload", "--export", bundle, path])).code, 5);
  equal(await states(stage), ["held"]);
});

Deno.test("history forget --held drops what is held and nothing else, and says so also when there is nothing", async () => {
  await using stage = await setLoggedInStage();
  const path = await incompleteRun(stage);
  await stage.run(["upload", path, runFile("minimum.jsonloader")]);

  const forget = ["history", "forget", "--held", "--json"];
  const first = await stage.run(forget);
  equal(eventsOf(first).map(({ event }) => event), [
    "forgotten",
    "forget_summary",
  ]);
  equal(await states(stage), ["uploaded"]);
  const second = await stage.run(forget);
  equal(eventsOf(second), [{ event: "forget_summary", forgotten: 0 }]);
  const { stdout } = await stage.run(["history", "forget", "--rejected"]);
  equal(stdout, "No run is rejected: nothing was forgotten.\n");
});

for (const flags of [[], ["--held", "0123456789"], ["--held", "--rejected"]]) {
  Deno.test(`history forget ${flags.join(" ")} is wrong usage`, async () => {
    await using stage = await setFakeStage();
    equal((await stage.run(["history", "forget", ...flags])).code, 2);
  });
}

Deno.test("history finds the runs of a DUT and of a part number", async () => {
  await using stage = await setLoggedInStage();
  await stage.run([
    "upload",
    await incompleteRun(stage),
    runFile("sensor_board_passed.jsonloader"),
  ]);
  const found = async (...flags: string[]) => {
    const result = await stage.run(["history", "--json", ...flags]);
    return named(result, "history").map(({ state }) => state);
  };
  equal(await found("--serial-number", "CSB-000117"), ["uploaded"]);
  equal(await found("--serial-number", "CSB-000118", "--held"), ["held"]);
  equal(await found("--serial-number", "CSB"), []);
  equal((await found("--part-number", "CSB-1.2")).length <= 1, true);
  equal(await found("--part-number", "none"), []);
});

Deno.test("history says of which user and which ledger it speaks when there is nothing", async () => {
  await using stage = await setFakeStage();
  const env = { USER: "anna" };
  const ledger = `${stage.home}/ledger.db`;
  const { stdout } = await stage.run(["history", "--json"], { env });
  equal(JSON.parse(stdout), {
    event: "history_summary",
    uploaded: 0,
    waiting: 0,
    sending: 0,
    rejected: 0,
    held: 0,
    superseded: 0,
    shown: 0,
    "oldest_waiting_at": null,
    "last_uploaded_at": null,
    user: "anna",
    ledger,
  });
  const { stdout: text } = await stage.run(["history"], { env });
  ok(
    text.includes(`note: looked into the ledger of user anna in "${ledger}"`),
    text,
  );
});
