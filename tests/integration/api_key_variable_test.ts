import { deepStrictEqual as equal, match } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { finishLogin } from "../support/login.ts";
import { runBinary } from "../support/run_binary.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, setStage } from "../support/stage.ts";

const NOTE =
  "note: STANDCLOUD_API_KEY is set and is used instead of the stored login\n";

Deno.test("sc-login does not repeat a login that works because of a bad STANDCLOUD_API_KEY", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;

  const env = { STANDCLOUD_API_KEY: "wrong" };
  equal(await stage.run(["sc-login"], { env }), {
    code: 0,
    stdout: `Already logged in to ${address} (--force logs in again)\n`,
    stderr: NOTE,
  });
});

Deno.test("sc-login repeats a login that has ended although STANDCLOUD_API_KEY works", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["good"] });
  stage.sandbox.revokeAllTokens();
  const env = { STANDCLOUD_API_KEY: "good" };
  equal((await stage.run(["sc-login", "--check"], { env })).code, 0);

  const program = await stage.start(["sc-login", "--no-browser"], { env });
  const { result } = await finishLogin(program, stage.sandbox);

  equal([result.code, result.stdout], [0, "Registration completed\n"]);
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

for (const key of ["CANARY\nX-Evil: 1", "CANARYключ"]) {
  for (const args of [["sc-login", "--check"], ["upload", "RUN"]]) {
    Deno.test(`${args[0]} refuses the STANDCLOUD_API_KEY ${JSON.stringify(key)} without repeating it`, async () => {
      await using stage = await setFakeStage();
      const { address, received } = stage.service;
      const run = runFile("minimum.jsonloader");

      const { code, stdout, stderr } = await stage.run(
        args.map((arg) => arg === "RUN" ? run : arg),
        { env: { STANDCLOUD_API_KEY: key } },
      );

      equal([code, received], [3, []]);
      const said = `${stdout}${stderr}`;
      equal(said.includes("CANARY"), false, said);
      match(
        stderr,
        new RegExp(
          `error: The API key or token for ${address} is empty or holds letters that cannot be sent\nhint: check STANDCLOUD_API_KEY`,
        ),
      );
    });
  }
}

Deno.test("the compiled program works with STANDCLOUD_API_KEY where there is no home", async () => {
  await using stage = await setStage({ apiKeys: ["good"] });
  const { address, caFile, reports } = stage.sandbox;
  const surroundings = {
    home: stage.home,
    env: {
      STANDCLOUD_ADDRESS: address,
      STANDCLOUD_CA_FILE: caFile,
      STANDCLOUD_API_KEY: "good",
    },
    shell: 'unset STANDCLOUD_HOME HOME; exec "$@"',
  };

  const check = await runBinary(["sc-login", "--check"], surroundings);
  const run = runFile("minimum.jsonloader");
  const upload = await runBinary(["upload", run], surroundings);

  equal([check, upload.code], [
    { code: 0, stdout: "StandCloud connection success\n", stderr: "" },
    0,
  ]);
  match(
    upload.stderr,
    /^warning: the ledger cannot be kept \(.+ HOME is not set\): .+\n$/,
  );
  equal(reports.length, 1);
});
