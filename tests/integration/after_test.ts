import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { runFile } from "../support/runs.ts";

/** A folder with one run in it, and what is in the folder afterwards. */
async function uploadOne(
  stage: FakeStage,
  after: string,
  { name = "run.json", form = "minimum.jsonloader" } = {},
): Promise<{ code: number; left: string[]; stderr: string }> {
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs, { recursive: true });
  await Deno.copyFile(runFile(form), `${runs}/${name}`);
  const args = ["upload", "--retry-for", "0", "--after", after, runs];
  const { code, stderr } = await stage.run(args);
  return { code, left: await filesBelow(runs), stderr };
}

async function filesBelow(folder: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      found.push(...await filesBelow(`${folder}/${name}`, `${prefix}${name}/`));
    } else found.push(prefix + name);
  }
  return found.sort();
}

function refuse(stage: FakeStage): void {
  stage.service.answers["test_report"] = () =>
    Response.json({
      detail: [{ loc: ["body", "dut"], msg: "no such DUT", type: "x" }],
    }, { status: 422 });
}

Deno.test("upload --after keep leaves the file where it is", async () => {
  await using stage = await setFakeStage();
  equal((await uploadOne(stage, "keep")).left, ["run.json"]);
});

Deno.test("upload --after delete deletes what StandCloud has", async () => {
  await using stage = await setFakeStage();
  equal((await uploadOne(stage, "delete")).left, []);
});

for (const after of ["delete", "move"]) {
  Deno.test(`upload --after ${after} has nothing to do in a folder whose files are done`, async () => {
    await using stage = await setFakeStage();
    await uploadOne(stage, after);
    const runs = stage.folder.join("runs");
    const { code, stdout, stderr } = await stage.run(
      ["upload", "--after", after, runs],
    );
    const isMoved = after === "move";
    equal([code, stderr], [
      0,
      (isMoved ? `note: in "${runs}" 1 folder was passed over: ` : "") +
      (isMoved
        ? '--after move puts into "uploaded" and "rejected" what is done\n'
        : "") +
      `note: "${runs}" holds no run documents (*.json)\n`,
    ]);
    match(stdout, /^nothing to upload/);
  });
}

Deno.test("upload of several folders passes over an empty one", async () => {
  await using stage = await setFakeStage();
  const folders = ["a", "b"].map((name) => stage.folder.join(name));
  for (const folder of folders) await Deno.mkdir(folder);
  equal((await stage.run(["upload", ...folders])).code, 2);
  await Deno.copyFile(runFile("minimum.jsonloader"), `${folders[1]}/run.json`);
  const { code, stderr } = await stage.run(["upload", ...folders]);
  equal(code, 0);
  match(stderr, /^note: ".*a" holds no run documents/m);
  equal(stage.service.forms("test_report").length, 1);
});

Deno.test("upload --after move moves what StandCloud has into uploaded/, never over another file", async () => {
  await using stage = await setFakeStage();
  equal((await uploadOne(stage, "move")).left, ["uploaded/run.json"]);
  const again = await uploadOne(stage, "move");
  equal(again.left, ["uploaded/run.1.json", "uploaded/run.json"]);
  // The second one was at StandCloud already.
  equal(stage.service.forms("test_report").length, 1);
});

Deno.test("upload --after move moves what StandCloud refused into rejected/, with the answer beside it", async () => {
  await using stage = await setFakeStage();
  refuse(stage);
  const { code, left } = await uploadOne(stage, "move");
  equal([code, left], [5, ["rejected/run.error.json", "rejected/run.json"]]);
  const text = await Deno.readTextFile(
    stage.folder.join("runs/rejected/run.error.json"),
  );
  const [answer] = JSON.parse(text);
  equal([answer.http_status, answer.issues[0].message], [422, "no such DUT"]);
});

Deno.test("upload --after move writes the answer over nothing that is in rejected/", async () => {
  await using stage = await setFakeStage();
  refuse(stage);
  const rejected = stage.folder.join("runs/rejected");
  await Deno.mkdir(rejected, { recursive: true });
  await Deno.writeTextFile(`${rejected}/run.error.json`, "a report");
  await Deno.symlink("/dev/null", `${rejected}/run.json.error.json`);
  for (const serial of ["1", "2"]) {
    const text = await Deno.readTextFile(runFile("minimum.jsonloader"));
    const run = JSON.parse(text);
    run.dut.serial_number = serial;
    const extension = serial === "1" ? "json" : "jsonl";
    await stage.folder.write(`runs/run.${extension}`, JSON.stringify(run));
  }
  const args = ["upload", "--after", "move", stage.folder.join("runs")];
  equal((await stage.run(args)).code, 5);
  equal(await filesBelow(rejected), [
    "run.error.json",
    "run.json",
    "run.json.1.error.json",
    "run.json.error.json",
    "run.jsonl",
    "run.jsonl.error.json",
  ]);
  equal(await Deno.readTextFile(`${rejected}/run.error.json`), "a report");
  const answers = ["run.json.1", "run.jsonl"].map((name) =>
    JSON.parse(Deno.readTextFileSync(`${rejected}/${name}.error.json`))
  );
  equal(answers.map(([{ source }]) => source.split(/[/\\]/).at(-1)), [
    "run.json",
    "run.jsonl",
  ]);
});

Deno.test("upload --after delete never deletes what StandCloud refused", async () => {
  await using stage = await setFakeStage();
  refuse(stage);
  equal((await uploadOne(stage, "delete")).left, ["run.json"]);
});

for (const after of ["move", "delete"]) {
  Deno.test(`upload --after ${after} leaves what waits and what is invalid`, async () => {
    await using stage = await setFakeStage();
    stage.service.answers["test_report"] = () =>
      new Response(null, { status: 503 });
    const waiting = await uploadOne(stage, after);
    equal([waiting.code, waiting.left], [6, ["run.json"]]);
    const invalid = await uploadOne(stage, after, {
      form: "no_part_number.jsonloader",
    });
    equal([invalid.code, invalid.left], [5, ["run.json"]]);
  });

  Deno.test(`upload --after ${after} leaves HardPy's record of the current run`, async () => {
    await using stage = await setFakeStage();
    const store = stage.folder.join("runs/storage/runstore");
    await Deno.mkdir(store, { recursive: true });
    const file = "storage/runstore/localhost_8000.json";
    const { code, left } = await uploadOne(stage, after, { name: file });
    equal([code, left], [0, [file]]);
  });

  Deno.test(`upload --after ${after} leaves a file that has changed since it was read`, async () => {
    await using stage = await setFakeStage();
    const good = stage.service.answers["test_report"];
    stage.service.answers["test_report"] = async (form) => {
      await Deno.writeTextFile(stage.folder.join("runs/run.json"), "{}");
      return good(form);
    };
    equal((await uploadOne(stage, after)).left, ["run.json"]);
  });
}

Deno.test("upload --after move moves a file of several documents when all of them are done", async () => {
  await using stage = await setFakeStage();
  const documents = await Promise.all(
    ["minimum.jsonloader", "sensor_board_passed.jsonloader"].map(async (form) =>
      JSON.stringify(JSON.parse(await Deno.readTextFile(runFile(form))))
    ),
  );
  const file = await stage.folder.write("runs.jsonl", documents.join("\n"));
  const good = stage.service.answers["test_report"];
  let calls = 0;
  stage.service.answers["test_report"] = (form) =>
    ++calls === 1 ? good(form) : new Response(null, { status: 503 });
  const args = ["upload", "--retry-for", "0", "--after", "move", file];

  equal((await stage.run(args)).code, 6);
  ok((await Deno.stat(file)).isFile);
  stage.service.answers["test_report"] = good;
  equal((await stage.run(args)).code, 0);
  ok((await Deno.stat(stage.folder.join("uploaded/runs.jsonl"))).isFile);
});

Deno.test("upload --after move does not follow a link in place of uploaded/ (duty 43)", async () => {
  await using stage = await setFakeStage();
  const elsewhere = stage.folder.join("elsewhere");
  await Deno.mkdir(elsewhere);
  await Deno.mkdir(stage.folder.join("runs"));
  await Deno.symlink(elsewhere, stage.folder.join("runs/uploaded"));
  const { code, stderr } = await uploadOne(stage, "move");
  equal(code, 0);
  match(stderr, /\nwarning: Cannot move .+ is not a folder\n/);
  equal(await filesBelow(elsewhere), []);
  ok((await Deno.stat(stage.folder.join("runs/run.json"))).isFile);
});
