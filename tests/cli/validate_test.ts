import assert from "node:assert/strict";
import { runFile } from "../support/runs.ts";
import { soundRun } from "../runs/rules/sound_runs.ts";
import { eventsOf, runEmpty } from "./run_in.ts";
import { validate } from "./validate.ts";

const NO_PART_NUMBER = runFile("no_part_number.jsonloader");

Deno.test("validate prints place, line, caret and fix of each finding", async () => {
  const { code, stdout, stderr } = await validate([NO_PART_NUMBER, "--quiet"]);
  assert.equal(code, 5);
  assert.equal(stderr, "");
  assert.deepEqual(stdout.split("\n"), [
    `${NO_PART_NUMBER}:23:20: error: The DUT part number is missing [missing-mandatory-field]`,
    '   23 | "part_number": null,',
    "      |                ^",
    "  fix: call hardpy.set_dut_part_number() in the test plan",
    "1 of 1 document invalid: 1 error, 3 infos",
    "",
  ]);
});

Deno.test("validate says little about a sound run, and nothing when quiet", async () => {
  const { code, stdout } = await validate(["-"], soundRun("current"));
  assert.deepEqual([code, stdout], [0, "1 document valid\n"]);
  const quiet = await validate(["-", "--quiet"], soundRun("current"));
  assert.deepEqual([quiet.code, quiet.stdout], [0, ""]);
});

Deno.test("validate --json prints a report and a summary", async () => {
  const { code, stdout } = await validate([NO_PART_NUMBER, "--json"]);
  const [report = {}, summary = {}, ...more] = eventsOf(stdout);
  assert.deepEqual([code, more], [5, []]);
  const { issues, digest, ...facts } = report;
  assert.match(String(digest), /^[0-9a-f]{64}$/);
  assert.deepEqual(Object.values(facts), [
    ...["report", NO_PART_NUMBER, "CSB-000118", null, "passed", "invalid"],
    ...[null, 422, null, 0],
  ]);
  const found = issues as Record<string, unknown>[];
  assert.deepEqual(
    found.map(({ severity, rule, line, column }) =>
      `${line}:${column} ${severity} ${rule}`
    ),
    [
      "20:13 info no-dut-name",
      "23:20 error missing-mandatory-field",
      "38:15 info unnamed-module",
      "44:19 info unnamed-case",
    ],
  );
  assert.deepEqual({ ...summary, seconds: 0 }, {
    event: "summary",
    valid: 0,
    invalid: 1,
    errors: 1,
    warnings: 0,
    infos: 3,
    bytes: 1387,
    seconds: 0,
  });
});

Deno.test("validate --format github prints workflow commands", async () => {
  const { stdout } = await validate(["--format", "github", NO_PART_NUMBER]);
  assert.ok(
    stdout.split("\n").includes(
      `::error file=${NO_PART_NUMBER},line=23,col=20,title=missing-mandatory-field` +
        "::The DUT part number is missing%0Afix: call hardpy.set_dut_part_number() in the test plan",
    ),
  );
});

Deno.test("validate takes one of --json and --format", async () => {
  for (const format of ["github", "junit", "sarif"]) {
    const { code, stderr } = await validate([
      "-",
      "--format",
      format,
      "--json",
    ]);
    assert.deepEqual([code, stderr], [2, ""], format);
  }
  const { code } = await validate(
    ["-", "--format", "text", "--json"],
    soundRun("current"),
  );
  assert.equal(code, 0);
});

Deno.test("validate --strict makes warnings errors", async () => {
  const run = soundRun("current").replace('"CSB-000117"', "null");
  const { code, stdout } = await validate(["-"], run);
  assert.equal(code, 0);
  assert.match(stdout, /^-:\d+:\d+: warning: The DUT serial number/);
  const strict = await validate(["-", "--strict"], run);
  assert.equal(strict.code, 5);
  assert.match(strict.stdout, /^-:\d+:\d+: error: The DUT serial number/);
});

Deno.test("validate shows the place where a text stops being JSON", async () => {
  const { code, stdout } = await validate(["-"], '{\n\t"dut": NaN}');
  assert.equal(code, 5);
  assert.deepEqual(stdout.split("\n").slice(0, 3), [
    "-:2:9: error: This is not JSON: NaN is not a JSON number, so StandCloud cannot take it (at /dut) [unsafe-number]",
    '    2 | "dut": NaN}',
    "      |        ^",
  ]);
});

Deno.test("validate folds many findings of one rule, unless verbose", async () => {
  const cases = Array.from({ length: 9 }, (_, index) => [
    `test_${index}`,
    JSON.parse(soundRun("current")).modules.test_supply.cases.test_rail,
  ]);
  for (const [key, testCase] of cases) testCase.name = key;
  const run = JSON.parse(soundRun("current"));
  run.modules.test_supply.cases = Object.fromEntries(cases);
  const folded = await validate(["-"], JSON.stringify(run));
  assert.equal(folded.stdout.match(/fix: /g)?.length, 5);
  assert.match(folded.stdout, /\n-: … and 4 more \[unnamed-case\]/);
  const all = await validate(["-", "--verbose"], JSON.stringify(run));
  assert.equal(all.stdout.match(/fix: /g)?.length, 9);
});

Deno.test("validate says how many findings it leaves out", async () => {
  const info = Array.from({ length: 1234 }, (_, i) => `"psu_${i}": true`);
  const run = soundRun("current").replace(
    '"info": {}',
    () => `"info": {${info.join(",\n")}}`,
  );
  const last = "1034 more of this kind are not listed";
  const folded = await validate(["-"], run);
  assert.match(folded.stdout, /\n-: … and 1229 more \[info-value-type\]/);
  const all = await validate(["-", "--verbose"], run);
  assert.equal(all.stdout.match(/: info: The info "psu_/g)?.length, 200);
  assert.ok(all.stdout.includes(`: info: ${last} [info-value-type]\n`));
  const github = await validate(["-", "--format", "github"], run);
  assert.ok(github.stdout.includes(`title=info-value-type::${last}%0A`));
  const json = await validate(["-", "--json"], run);
  const [report = {}, summary = {}] = eventsOf(json.stdout);
  const { more, message } = (report["issues"] as Record<string, unknown>[])
    .at(-1) ?? {};
  assert.deepEqual([more, message], [1034, last]);
  assert.equal(summary["infos"], 1234);
});

Deno.test("validate ends with 2 for a path that is not there, and without a path", async () => {
  const gone = await validate(["no_such_file.json"]);
  assert.equal(gone.code, 2);
  const none = await validate([]);
  assert.equal(none.code, 2);
  assert.match(none.stderr, /^error: No PATH is given\nhint: /);
});

Deno.test("validate cleans what a document wrote", async () => {
  const run = soundRun("current").replace(
    '"CSB-000117"',
    '"\u202e\u001b[31mN/A"'.replace("\u001b", "\\u001b"),
  ).replace('"Europe/Berlin"', '"\u202eNowhere"');
  const { stdout } = await validate(["-"], run);
  assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
});

Deno.test("validate --ignore drops the findings of a rule, also from verdict and summary", async () => {
  const run = soundRun("current").replace('"CSB-000117"', "null");
  const strict = await validate(["-", "--strict"], run);
  assert.match(strict.stdout, /\[no-serial-number\]/);
  assert.equal(strict.code, 5);
  const args = ["-", "--strict", "--ignore", "no-serial-number"];
  const ignored = await validate(args, run);
  assert.equal(ignored.stdout, "1 document valid\n");
  assert.equal(ignored.code, 0);
});

for (
  const [rule, message] of [
    ["missing-mandatory-field", /cannot be ignored: StandCloud refuses/],
    ["not-json", /cannot be ignored/],
    ["no-serial-numbr", /^hint: did you mean no-serial-number\?$/m],
  ] as const
) {
  Deno.test(`validate and upload do not take --ignore ${rule}`, async () => {
    for (const command of ["validate", "upload"]) {
      const result = await runEmpty([command, "-", "--ignore", rule]);
      assert.equal(result.exitCode, 2);
      assert.equal(result.stdout, "");
      assert.match(result.stderr, message);
    }
  });
}

Deno.test("validate --statistics counts findings and documents by rule, the gravest first", async () => {
  const early = JSON.parse(soundRun("current"));
  early.dut.part_number = null;
  early.dut.serial_number = null;
  const other = JSON.parse(soundRun("current"));
  other.dut.serial_number = null;
  const lines = [early, other].map((run) => JSON.stringify(run)).join("\n");
  const { stdout, code } = await validate(["-", "--statistics"], lines);
  assert.equal(code, 5);
  assert.match(
    stdout,
    /^ +1 {2}error {4}missing-mandatory-field \(1 document\)\n +2 {2}warning {2}no-serial-number \(2 documents\)\n/,
  );
  assert.doesNotMatch(stdout, /fix: /);
});
