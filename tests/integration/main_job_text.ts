import { deepStrictEqual as equal } from "node:assert/strict";
import { runFile } from "../support/runs.ts";
import type { Stage } from "../support/stage.ts";
import { listing } from "../support/temporary_folder.ts";

const URL_LINE =
  /^ {2}https:\/\/127\.0\.0\.1:\d+\/auth\/api\/oidc\/authorization\?client_id=hardpy-report-uploader&request_uri=[\w%-]+$/m;

/** What is printed, without warnings (whose rules have tests of their own) and times. */
function linesOf(stdout: string): string[] {
  return stdout.replace(/^ .*: warning: .*\n {4}fix: .*\n/gm, "")
    .replace(/in \d+\.\d s/, "in N s").split("\n");
}

export async function logIn(stage: Stage, hasModes: boolean): Promise<void> {
  const { code, stdout, stderr } = await stage.logIn();

  equal([code, stdout], [0, "Registration completed\n"]);
  equal(
    stderr.replace(URL_LINE, "  URL"),
    "Open this page in a browser on this computer, sign in and press Accept:\n\n  URL\n\n",
  );
  const file = stage.sandbox.address.replace(":", "_");
  const files = [
    "600 key.txt",
    "600 key.txt.lock",
    "700 logins",
    `600 logins/${file}.age`,
    `600 logins/${file}.lock`,
    `600 logins/${file}.outline`,
  ];
  const told = (line: string) => hasModes ? line : line.replace(/^\d+ /, "");
  equal((await listing(stage.home)).map(told), files.map(told));
}

export async function check(stage: Stage): Promise<void> {
  equal(await stage.run(["sc-login", "--check"]), {
    code: 0,
    stdout: "StandCloud connection success\n",
    stderr: "",
  });
}

export async function upload(stage: Stage): Promise<void> {
  const minimum = runFile("minimum.jsonloader");
  const board = runFile("sensor_board_failed.runstore");
  const { code, stdout, stderr } = await stage.run([
    "upload",
    "--concurrency",
    "1",
    minimum,
    board,
    minimum,
  ]);

  equal([code, stderr], [0, ""]);
  const [first = "", second = ""] = stage.sandbox.reports.map(({ id }) => id);
  equal(linesOf(stdout), [
    `uploaded  ${minimum} (run ${first})`,
    `uploaded  ${board} (serial number CSB-000117, run ${second})`,
    `2 uploaded in N s (address: ${stage.sandbox.address})`,
    "",
  ]);
}

export async function refuse(stage: Stage): Promise<void> {
  const run = runFile("no_part_number.jsonloader");
  const before = stage.sandbox.requests.length;
  const { code, stdout, stderr } = await stage.run(["upload", run]);

  equal([code, stderr], [5, ""]);
  equal(linesOf(stdout), [
    `invalid   ${run} (serial number CSB-000118, StandCloud would answer 422; not sent)`,
    `  ${run}:23:20: error: The DUT part number is missing [missing-mandatory-field /dut/part_number]`,
    "    fix: call hardpy.set_dut_part_number() in the test plan",
    `    or, for this run: standcloud upload --fill-unknown ${run}`,
    `1 invalid in N s (address: ${stage.sandbox.address})`,
    "1 run is held by a rule until mended: standcloud history --held",
    "",
  ]);
  equal(stage.sandbox.requests.length, before);
}

export async function logOut(stage: Stage): Promise<void> {
  const { address, counts, caFile: _caFile } = stage.sandbox;
  equal(await stage.run(["sc-logout"]), {
    code: 0,
    stdout: `HardPy logout success from ${address}\n`,
    stderr: "",
  });
  equal(counts.revocations, 2);
  const left = (await listing(stage.home)).filter((line) =>
    /\.age$/.test(line)
  );
  equal(left, []);
}

export async function afterwards(stage: Stage): Promise<void> {
  const { address, reports } = stage.sandbox;
  equal(await stage.run(["upload", runFile("minimum.jsonloader")]), {
    code: 3,
    stdout: "",
    stderr:
      `error: Not logged in to ${address}\nhint: run: standcloud sc-login ${address}\n`,
  });
  equal(reports.length, 2);
}
