import { deepStrictEqual as equal, match } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { changeLogin, secondsLeft } from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import type { System } from "../../src/system/system.ts";

const RUN = runFile("minimum.jsonloader");

/** A disk that fails as soon as the server has rotated the refresh token. */
const failing: Partial<System> = {
  privateFiles: {
    ...privateFiles,
    reserve: async (path, size) => ({
      ...await privateFiles.reserve(path, size),
      write: () =>
        Promise.reject(new AppError("store_unwritable", "The disk has failed")),
    }),
  },
};

/** A disk that is read-only: there is not even room to reserve. */
const readOnly: Partial<System> = {
  privateFiles: {
    ...privateFiles,
    reserve: () =>
      Promise.reject(new AppError("store_unwritable", "It is read-only")),
  },
};

async function withSecondsLeft(seconds: number): Promise<Stage> {
  const stage = await setLoggedInStage();
  await changeLogin(stage.home, stage.sandbox.address, secondsLeft(seconds));
  return stage;
}

Deno.test("upload goes on with a renewed login that cannot be saved, and ends with exit 3", async () => {
  await using stage = await withSecondsLeft(-10);
  const { address, counts, reports } = stage.sandbox;
  const { code, stdout, stderr } = await stage.run(["upload", RUN, RUN], {
    system: failing,
  });

  equal([code, reports.length, counts.refreshGrants], [3, 1, 1]);
  match(stdout, /^uploaded /);
  equal(
    stderr,
    `error: StandCloud has renewed the login to ${address}, but it cannot be saved: this process uses it, the stored one is dead (The disk has failed)\nhint: run: standcloud sc-login ${address}\n`,
  );
});

Deno.test("sc-login --check says a renewed login that cannot be saved as an error of its own", async () => {
  await using stage = await withSecondsLeft(-10);
  const result = await stage.run(["sc-login", "--check", "--json"], {
    system: failing,
  });

  equal(result.code, 3);
  equal(
    eventsOf(result).map(({ event, code, state }) => [event, code ?? state]),
    [["error", "login_not_saved"], ["check", "ok"]],
  );
});

for (const args of [["sc-login", "--check"], ["upload", RUN]]) {
  Deno.test(`${args[0]} works on a read-only disk until the token ends, warns, and sends no refresh token`, async () => {
    await using stage = await withSecondsLeft(30);
    const { code, stderr } = await stage.run(args, { system: readOnly });

    equal([code, stage.sandbox.counts.refreshGrants], [0, 0]);
    match(
      stderr,
      /^warning: the login to \S+ cannot be renewed now \(It is read-only\); the command uses the old one until \S+Z\n$/,
    );
  });
}

Deno.test("sc-login --check does not use up a refresh token on a read-only disk, and says what works there", async () => {
  await using stage = await withSecondsLeft(-10);
  const { address, counts, apiKeys } = stage.sandbox;
  const run = (env: Record<string, string>) =>
    stage.run(["sc-login", "--check"], { system: readOnly, env });
  const { code, stderr } = await run({});

  equal([code, counts.refreshGrants], [2, 0]);
  equal(
    stderr,
    `error: The login to ${address} must be renewed, and the new one could not be saved: It is read-only\nhint: an API key in STANDCLOUD_API_KEY needs no folder\n`,
  );
  apiKeys.add("the-key");
  equal((await run({ STANDCLOUD_API_KEY: "the-key" })).code, 0);
});

Deno.test("sc-login and doctor warn of a login that works and cannot be renewed", async () => {
  await using stage = await setLoggedInStage();
  const system = readOnly;
  const login = await stage.run(["sc-login"], { system });
  equal(login.code, 0);
  match(login.stdout, /^Already logged in /);
  equal(
    login.stderr,
    "warning: It is read-only; the login works until its token ends, and is not renewed\n",
  );
  const doctor = await stage.run(["doctor", "--json"], { system });
  equal(doctor.code, 0);
  const [warning] = eventsOf(doctor).filter(({ group, state }) =>
    group === "files" && state === "warning"
  );
  match(String(warning?.["message"]), /^It is read-only; no login can be/);
  match(String(warning?.["hint"]), /STANDCLOUD_API_KEY needs no folder$/);
});
