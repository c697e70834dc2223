import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { COUCH_PASSWORD, startCouch } from "../support/couch.ts";
import { runProgram } from "../support/run_program.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { setLoggedInStage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Checks runs of a database; no output holds the password. */
async function validated(...args: string[]): Promise<ProgramResult> {
  await using folder = await TemporaryFolder.make();
  const home = folder.join("home");
  const result = await runProgram(["validate", ...args], { home });
  ok(!(result.stdout + result.stderr).includes("canary"), result.stderr);
  return result;
}

const FIRST_LINE = /^error: (.*)\nhint: /;

function says({ code, stderr }: ProgramResult, exitCode: number): string {
  equal(code, exitCode, stderr);
  return FIRST_LINE.exec(stderr)?.[1] ?? stderr;
}

Deno.test("a wrong password, a missing database and a missing password of a CouchDB are named without the password", async () => {
  await using couch = await startCouch([]);
  const { url, origin } = couch;
  equal(
    says(await validated(url.replace(COUCH_PASSWORD, "canary-wrong")), 2),
    `CouchDB at ${origin} does not accept the user and the password`,
  );
  equal(
    says(await validated(`${url}/nope`), 2),
    `There is no database "nope" at ${origin}`,
  );
  equal(says(await validated(url), 2), `${origin} holds no documents`);
});

Deno.test("a CouchDB that is not there ends with 4, and http to another computer with 2", async () => {
  const unreachable = await validated(
    `http://dev:${COUCH_PASSWORD}@127.0.0.1:1`,
  );
  equal(
    says(unreachable, 4),
    "Cannot reach CouchDB at http://127.0.0.1:1: the connection was refused",
  );
  const other = await validated(`http://dev:${COUCH_PASSWORD}@192.0.2.7:5984`);
  equal(
    says(other, 2),
    "http://192.0.2.7:5984 would send the database's password unencrypted",
  );
});

Deno.test("a URL that is none of a database is refused without repeating it", async () => {
  for (const path of ["/a/b", "?x=1", "#x", ":a"]) {
    const url = `http://dev:${COUCH_PASSWORD}@127.0.0.1${path}`;
    match(says(await validated(url), 2), /^This is not the URL of a database/);
  }
  // The password has a slash: no URL at all.
  const wrong = `http://dev:a/${COUCH_PASSWORD}@127.0.0.1`;
  match(says(await validated(wrong), 2), /^This is not the URL of a database/);
});

Deno.test("no command repeats the password of a URL, whatever is wrong with the call", async () => {
  await using folder = await TemporaryFolder.make();
  const url = `http://dev:${COUCH_PASSWORD}@127.0.0.1:1`;
  for (
    const args of [
      [url],
      ["sc-sync", url],
      ["show", url, url],
      ["show", `http://dev:a/${COUCH_PASSWORD}@127.0.0.1:1`],
      ["history", "import", url],
      ["upload", "--watch", "--dry-run", url],
      ["upload", "--export", url, url],
      ["validate", "--format", url, url],
      ["runs", "get", url],
      ["sc-login", url],
    ]
  ) {
    for (const flags of [[], ["--json"]]) {
      const home = folder.join("home");
      const { code, stdout, stderr } = await runProgram([...args, ...flags], {
        home,
      });
      ok(code !== 0 && code !== 1, `${args[0]}: ${code}`);
      ok(!(stdout + stderr).includes("canary"), `${args[0]}: ${stderr}`);
    }
  }
});

Deno.test("upload --database without a hardpy.toml, or with a wrong one, says what is missing", async () => {
  await using stage = await setLoggedInStage();
  const toml = await stage.folder.write(
    "hardpy.toml",
    '[database]\nuser = "dev"\nport = "5984"\n',
  );
  const run = (...flags: string[]) => stage.run(["upload", ...flags]);
  const wrong = await run("--database", "--config", toml);
  equal(
    says(wrong, 2),
    `${toml}:3:1: port of [database] must be a whole number`,
  );
  const remote = await stage.folder.write(
    "remote.toml",
    '[database]\nhost = "couch.example"\n',
  );
  match(
    says(await run("--database", "--config", remote), 2),
    /^http:\/\/couch\.example:5984 would send the database's password/,
  );
  match(says(await run(), 2), /^Nothing to upload is named$/);
});
