import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { breakingOff } from "../support/fake_service.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";

const UPLOAD = [
  "upload",
  "--json",
  "--retry-for",
  "0",
  runFile("minimum.jsonloader"),
];
const MEBIBYTE = 1024 * 1024;

/** Bodies that never arrive as a whole, and what the command is told besides. */
const BODIES: Record<string, [body: () => BodyInit, flags?: string[]]> = {
  "breaks off": [() => breakingOff('{"test_run_id":"x')],
  "never ends": [() => new ReadableStream(), ["--timeout", "1"]],
  "is larger than 8 MiB": [() => new Uint8Array(8 * MEBIBYTE + 1)],
};

const ANSWERS: [status: number, outcome: string, code: number][] = [
  [201, "uploaded", 0],
  [422, "rejected", 5],
  [503, "waiting", 6],
];

for (const [what, [body, flags = []]] of Object.entries(BODIES)) {
  for (const [status, outcome, code] of ANSWERS) {
    Deno.test(`upload calls a run ${outcome} when the body of the answer ${status} ${what}`, async () => {
      await using stage = await setFakeStage();
      stage.service.answers["test_report"] = () =>
        new Response(body(), { status });

      const result = await stage.run([...UPLOAD, ...flags]);

      equal([result.code, result.stderr], [code, ""]);
      equal(outcomesOf(result).reports, [[outcome, status]]);
      equal(eventsOf(result)[0]?.["test_run_id"], null);
      equal(stage.service.forms("test_report").length, 1);
    });
  }
}

const COMMANDS = {
  healthcheck: ["sc-login", "--check"],
  "openid-configuration": ["sc-login", "--force", "--no-browser"],
} as const;

for (const name of ["healthcheck", "openid-configuration"] as const) {
  Deno.test(`${COMMANDS[name].join(" ")} fails when the body of its ${name} breaks off`, async () => {
    await using stage = await setFakeStage();
    stage.service.answers[name] = () => new Response(breakingOff("{}"));

    const { code, stderr } = await stage.run([...COMMANDS[name]]);

    equal(code, 4);
    match(stderr, /^error: .+\n(?:hint: .+\n)+$/);
  });
}

for (
  const [status, body] of [
    [422, { detail: "Authorization was Bearer CANARY-access" }],
    [400, { detail: [{ loc: ["CANARY-access"], msg: "CANARY-access" }] }],
    [201, { "test_run_id": "CANARY-access" }],
  ] as const
) {
  Deno.test(`upload tells no token that the answer ${status} repeats, nor keeps it`, async () => {
    await using stage = await setFakeStage({ "access_token": "CANARY-access" });
    stage.service.answers["test_report"] = () =>
      Response.json(body, { status });
    const file = await stage.folder.write(
      "a.json",
      await Deno.readTextFile(runFile("minimum.jsonloader")),
    );
    // Nobody writes to it any more: it is moved at once.
    const longAgo = new Date(Date.now() - 7 * 24 * 3_600_000);
    await Deno.utime(file, longAgo, longAgo);

    const upload = await stage.run(
      ["upload", "--json", "--after", "move", file],
    );
    const history = await stage.run(["history"]);

    equal(outcomesOf(upload).reports[0]?.[1], status);
    const said = upload.stdout + history.stdout + await allBelow(stage);
    ok(!said.includes("CANARY"), said);
    equal(status === 201 || said.includes("…"), true);
  });
}

/** The text of every file that the upload has left, but the login. */
async function allBelow({ folder, home }: FakeStage): Promise<string> {
  const { stdout } = await new Deno.Command("cat", {
    args: [
      ...[`${home}/ledger.db`, `${home}/ledger.db-wal`],
      ...await Array.fromAsync(
        Deno.readDir(folder.path),
        ({ name }) => folder.join(name, "a.error.json"),
      ),
    ],
  }).output();
  return new TextDecoder("latin1").decode(stdout);
}

for (const status of [201, 404]) {
  Deno.test(`upload takes no page with ${status} for an answer of StandCloud's`, async () => {
    await using stage = await setFakeStage();
    stage.service.answers["test_report"] = () =>
      new Response("<html>nginx</html>", {
        status,
        headers: { "content-type": "text/html" },
      });

    const result = await stage.run(UPLOAD);

    equal(result.code, 4);
    equal(outcomesOf(result).counts["waiting"], 1);
    match(result.stdout, /"code":"not_standcloud"/);
  });
}
