import { deepStrictEqual as equal, match } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { changeLogin, secondsAhead } from "../support/login_file.ts";
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
  await changeLogin(stage.home, stage.sandbox.address, {
    "expires_at": secondsAhead(seconds),
  });
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
    equal(
      stderr,
      "warning: It is read-only; the login that ends soon is used as it is\n",
    );
  });
}
