import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

const SOUND = await Deno.readTextFile(runFile("minimum.jsonloader"));

/** A sound run with another serial number, as it is written in JSON. */
function withSerial(json: string): string {
  return SOUND.replace(/("serial_number": )("[^"]*"|null)/, `$1${json}`);
}

/** A sound run with another first key. */
function withKey(json: string): string {
  return SOUND.replace("{", `{${json},`);
}

const contents: Record<string, string> = {
  "serial-path.json": withSerial('"../../../../etc/passwd"'),
  "serial-nul.json": withSerial('"a\\u0000b"'),
  "serial-escape.json": withSerial('"\\u001b]8;;http://evil\\u0007x"'),
  "serial-surrogate.json": withSerial('"\\ud800"'),
  "serial-long.json": withSerial(JSON.stringify("x".repeat(100_000))),
  "nested.json": "[".repeat(100_000) + "]".repeat(100_000),
  "nested-objects.json": '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000),
  "duplicate.json": withKey('"name": "a", "name": "b"'),
  "proto.json": withKey('"__proto__": {"polluted": true}'),
  "constructor.json": withKey('"constructor": {"prototype": {"x": 1}}'),
  "nan.json": withKey('"x": NaN'),
  "infinity.json": withKey('"x": 1e999'),
  "not-json.json": "\u0000\u0001",
  "empty.json": "",
  "; rm -rf ~ #.json": withSerial('"odd name"'),
};

/** A folder of what strangers may leave there, and a victim outside of it. */
async function setTrap(folder: TemporaryFolder): Promise<string> {
  const runs = folder.join("runs");
  await Deno.mkdir(runs);
  for (const [name, content] of Object.entries(contents)) {
    await folder.write(`runs/${name}`, content);
  }
  await folder.write("outside.json", withSerial('"OUTSIDE"'));
  await Deno.mkdir(folder.join("other"));
  await folder.write("other/other.json", withSerial('"OUTSIDE"'));
  await Deno.symlink(folder.join("outside.json"), `${runs}/link.json`);
  await Deno.symlink(folder.join("other"), `${runs}/folder-link`);
  await Deno.symlink(runs, `${runs}/loop`);
  await new Deno.Command("mkfifo", { args: [`${runs}/pipe.json`] }).output();
  await folder.write("runs/sparse.json", "");
  await Deno.truncate(`${runs}/sparse.json`, 2 ** 31);
  return runs;
}

/** A file of the program's own. */
const isOurs = (line: string) => / home(?:\/|$)/.test(line);

for (const command of [["validate"], ["upload", "--dry-run"]]) {
  Deno.test(`duty 43: ${command.join(" ")} takes names and contents for data, whatever they hold`, async () => {
    await using folder = await TemporaryFolder.make();
    const runs = await setTrap(folder);
    const before = await listing(folder.path);
    const result = await runBinary([...command, "--json", runs], {
      home: folder.join("home"),
    });
    ok([2, 5].includes(result.code), `${result.code} ${result.stderr}`);
    const reports = eventsOf(result).filter(({ event }) => event === "report");
    const errors = eventsOf(result).filter(({ event }) => event === "error");
    equal(errors.filter(({ code }) => code === "internal"), []);
    ok(reports.length >= Object.keys(contents).length);
    // Nothing outside was read, nothing moved, nothing made.
    ok(!result.stdout.includes("OUTSIDE"));
    const after = await listing(folder.path);
    equal(after.filter((line) => !isOurs(line)), before);
    ok(!("polluted" in {}));
  });
}

Deno.test("duty 43: what is sent for hostile contents is the document and nothing else", async () => {
  await using stage = await setFakeStage();
  const runs = await setTrap(stage.folder);
  const sent: string[] = [];
  stage.service.answers.test_report = (form) => {
    sent.push(form.toString());
    return Response.json({ "test_run_id": "../../x" }, { status: 201 });
  };
  const before = await listing(stage.folder.path);
  const args = ["upload", "--json", `${runs}/serial-path.json`];
  const result = await stage.run(args);
  equal([result.code, sent.length], [0, 1]);
  const after = await listing(stage.folder.path);
  equal(
    after.filter((line) => !isOurs(line)),
    before.filter((line) => !isOurs(line)),
  );
});
