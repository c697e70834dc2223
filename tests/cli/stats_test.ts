import assert from "node:assert/strict";
import { join } from "node:path";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { type Made, madeCase, madeRun, measured } from "../stats/made_runs.ts";
import { eventsOf } from "./run_in.ts";

type Content = Made | string;

/** Runs `stats` in a folder with these files; `@` stands for the folder. */
async function stats(
  files: Readonly<Record<string, Content>>,
  args: readonly string[] = ["@"],
  stdin = "",
) {
  await using folder = await TemporaryFolder.make();
  const runs = join(folder.path, "runs");
  await Deno.mkdir(runs);
  for (const [name, content] of Object.entries(files)) {
    const path = join(runs, name);
    await Deno.mkdir(join(path, ".."), { recursive: true });
    const text = typeof content === "string"
      ? content
      : JSON.stringify(content);
    await Deno.writeTextFile(path, text);
  }
  const typed = args.map((arg) => arg.replace("@", runs));
  const result = await runProgram(["stats", ...typed], {
    home: folder.path,
    stdin,
  });
  const hidden = (text: string) => text.replaceAll(runs, "@");
  const tables = new Map<string, string>();
  for await (const { name } of Deno.readDir(runs)) {
    if (!name.endsWith(".csv") && !name.endsWith(".html")) continue;
    tables.set(name, hidden(await Deno.readTextFile(join(runs, name))));
  }
  return {
    code: result.code,
    stdout: hidden(result.stdout),
    stderr: hidden(result.stderr),
    tables,
  };
}

const RUN = madeRun({ cases: { "test_a": madeCase([measured(5)]) } });
const FAILED = madeRun({
  serial: "SN-0002",
  status: "failed",
  at: 60,
  cases: {
    "test_a": madeCase([measured(11, { result: false })], {
      status: "failed",
      "assertion_msg": "AssertionError: 11 V",
    }),
  },
});

Deno.test("stats tells runs, yields, failures and stands", async () => {
  const { code, stdout, stderr } = await stats({
    "a.json": RUN,
    "b.json": FAILED,
  });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(
    stdout,
    `2 runs of 2 units on 1 stand, 2026-03-02

yield                            runs  units  first pass   final  tests/unit
PN-1 EOL                            2      2       50.0%   50.0%        1.00

most failures                                       runs  of all  first pass
test_supply::test_a                                    1  100.0%           1
  AssertionError: <n> V

stands                                 runs  units  first pass       95%
eol-1                                     2      2       50.0%  9–91%

note: no measurement has 25 values yet: no capability
`,
  );
});

Deno.test("stats --json ends with stats, and counts what was left out", async () => {
  const { code, stdout } = await stats({
    "a.json": RUN,
    "copy.json": { ...RUN, rev: "1-a" },
    "broken.json": "{",
    "package.json": '{"dependencies": {}}',
    "state.json": { progress: 5, modules: {} },
    "running.json": madeRun({ status: "run" }),
    "never.json": madeRun({ at: null, status: "failed" }),
    "manual.json": madeRun({ more: { name: "Plan Manual mode" } }),
    "nan.json": JSON.stringify(madeRun({
      at: 60,
      cases: { "test_a": madeCase([measured("@")]) },
    })).replace('"@"', "NaN"),
    "other_nan.json": "[NaN]",
  }, ["@", "--json"]);
  assert.equal(code, 5);
  const events = eventsOf(stdout);
  const last = events.at(-1) ?? {};
  assert.deepEqual(
    [last["event"], last["documents"], last["copies"], last["runs"]],
    ["stats", 10, 1, 2],
  );
  assert.deepEqual(last["left_out"], {
    unreadable: 0,
    "not_json": 1,
    "not_run": 3,
    unfinished: 1,
    "no_time": 1,
    "manual_mode": 1,
    filtered: 0,
  });
  const broken = events.find(({ code }) => code === "not_json");
  assert.deepEqual(broken?.["examples"], ["@/broken.json"]);
  const kinds = [...new Set(events.map(({ event }) => event))];
  assert.deepEqual(kinds, [
    ...["yield", "case", "measurement", "unit", "warning", "stats"],
  ]);
});

Deno.test("stats counts history files last, so that the fuller copy counts", async () => {
  const history = madeRun({ serial: null, more: { "_id": "1772431200000" } });
  const files = {
    "runstore/1772431200000.json": history,
    "zz.json": madeRun(),
  };
  const { stdout } = await stats(files, ["@", "--json"]);
  const last = eventsOf(stdout).at(-1) ?? {};
  assert.deepEqual([last["copies"], last["runs"], last["units"]], [1, 1, 1]);
});

Deno.test("stats says which filter left nothing", async () => {
  const { code, stdout } = await stats(
    { "a.json": RUN, "b.json": FAILED },
    ["@", "--stand", "eol 9", "--since", "2026-03-02"],
  );
  assert.equal(code, 0);
  assert.equal(
    stdout,
    `no run among 2 documents
--since 2026-03-02 leaves out 0 runs
--stand "eol 9" leaves out 2 runs
`,
  );
});

Deno.test("stats takes stdin, lines, and a folder in parts, and says the same", async () => {
  const lines = [RUN, FAILED].map((run) => JSON.stringify(run)).join("\n");
  const whole = await stats({ "a/1.json": RUN, "b/2.json": FAILED });
  const parts = await stats(
    { "a/1.json": RUN, "b/2.json": FAILED },
    ["@/b", "@/a"],
  );
  const piped = await stats({}, ["-"], lines);
  assert.equal(parts.stdout, whole.stdout);
  assert.equal(piped.stdout, whole.stdout);
});

Deno.test("stats ends with 2 without a document, for a wrong path, flag, date or zone", async () => {
  const wrong: [string[], RegExp][] = [
    [[], /No PATH is given/],
    [["@"], /holds no run documents/],
    [["@/gone.json"], /gone\.json/],
    [["@", "--timezone", "Mars/Olympus"], /IANA database/],
    [
      ["@", "--since", "2026-02-30"],
      /with an offset/,
    ],
    [["@", "--until", "2026-03-01T00:00:00"], /with an offset/],
    [["@", "--by", "shift"], /one of stand, day/],
    [["@", "--html", "a.json"], /named like a run document/],
    [["@", "--json", "--html", "-"], /both write to stdout/],
    [["--explain", "pk"], /did you mean ppk/],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await stats({}, args);
    const isJson = args.includes("--json");
    assert.equal(code, 2, args.join(" "));
    assert.match(isJson ? stdout : stderr, message);
  }
});

Deno.test("stats --csv writes a row for each value, and the yields", async () => {
  const odd = madeRun({
    serial: "=1+1",
    at: 120,
    cases: {
      "test, a": madeCase([
        measured(-5, { "lower_limit": null }),
        measured("-5"),
        measured('say "hi"\n'),
        measured(null),
      ]),
    },
  });
  const { code, tables } = await stats({ "a.json": RUN, "c.json": odd }, [
    "@",
    "--csv",
    "@",
  ]);
  assert.equal(code, 0);
  const rows = tables.get("measurements.csv")?.split("\r\n") ?? [];
  const start = "PN-1,EOL,eol-1,,,2026-03-02T06:0";
  assert.deepEqual(rows.slice(1), [
    `@/a.json,SN-0001,${start}0:00Z,passed,1,test_supply,test_a,passed,1,Voltage,1,V,numeric,gele,0,10,,5,true`,
    `@/c.json,'=1+1,${start}2:00Z,passed,1,test_supply,"test, a",passed,1,Voltage,1,V,numeric,gele,,10,,-5,true`,
    `@/c.json,'=1+1,${start}2:00Z,passed,1,test_supply,"test, a",passed,1,Voltage,1,V,string,gele,0,10,,'-5,true`,
    `@/c.json,'=1+1,${start}2:00Z,passed,1,test_supply,"test, a",passed,1,Voltage,2,V,string,gele,0,10,,"say ""hi""\n",true`,
    "",
  ]);
  const [header = "", first = ""] = tables.get("yields.csv")?.split("\r\n") ??
    [];
  assert.match(header, /^by,group,part_number,.*,duration_p95,duration_max$/);
  assert.match(first, /^,,PN-1,EOL,1,1,2026-03-02T06:00:00Z,/);
});

Deno.test("stats --html writes a page, and - writes nothing else to stdout", async () => {
  const { stdout, stderr, tables } = await stats(
    { "a.json": RUN },
    ["@", "--html", "@/page.html"],
  );
  assert.match(stdout, /^1 run of 1 unit/);
  assert.equal(stderr, "Wrote @/page.html\n");
  assert.match(tables.get("page.html") ?? "", /^<!doctype html>/i);
  const alone = await stats({ "a.json": RUN }, ["@", "--html", "-"]);
  assert.match(alone.stdout, /^<!doctype html>[^]*<\/html>\s*$/i);
});

Deno.test("stats prints no character of a document that steers the terminal", async () => {
  const evil = "\u001b[31m\u202eevil\u0007";
  const run = madeRun({
    serial: evil,
    part: evil,
    stand: evil,
    process: evil,
    status: "failed",
    cases: {
      [evil]: madeCase([measured(5, { name: evil })], {
        status: "failed",
        "assertion_msg": evil,
      }),
    },
  });
  const found = await stats({ "a.json": run }, ["@", "--verbose"]);
  assert.doesNotMatch(found.stdout.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
});
