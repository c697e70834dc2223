import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { startFakeService } from "../support/fake_service.ts";
import { loginContent, writeLogin } from "../support/login_file.ts";
import { type BinaryOptions, runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const VARIABLES = ["STANDCLOUD_API_KEY", "HARDPY_SC_API_KEY"];

/** A folder with a hardpy.toml, as it comes out of an archive, and a run. */
async function unpack(
  folder: TemporaryFolder,
  address: string,
  more = "",
): Promise<string> {
  await Deno.mkdir(folder.join("tests", "below"), { recursive: true });
  await folder.write(
    "tests/hardpy.toml",
    `[stand_cloud]\naddress = "${address}"\n${more}`,
  );
  const run = await Deno.readFile(runFile("minimum.jsonloader"));
  await folder.write("tests/below/run.json", run);
  return folder.join("tests");
}

const COMMANDS = [
  ["upload", "."],
  ["upload", "--watch", "."],
  ["sc-sync"],
  ["sc-login", "--check"],
  ["runs", "list"],
];

for (const variable of VARIABLES) {
  for (const args of COMMANDS) {
    Deno.test(`the compiled program keeps ${variable} from the address of a folder that came from elsewhere: ${args.join(" ")} (duty 45)`, async () => {
      await using attacker = startFakeService();
      await using folder = await TemporaryFolder.make();
      const cwd = await unpack(folder, attacker.address, 'api_key = "bait"\n');
      await folder.write("tests/.env", "HARDPY_SC_API_KEY=bait\n");

      const { code, stdout, stderr } = await runBinary(args, {
        home: folder.join("home"),
        env: { [variable]: "CANARY-key" },
        cwd,
      });

      equal([code, attacker.received], [2, []]);
      match(
        stderr,
        new RegExp(
          `^error: ${variable} is not sent to ${attacker.address}, because only .*/tests/hardpy\\.toml names this address\nhint: .*STANDCLOUD_ADDRESS=${attacker.address}`,
        ),
      );
      ok(!(stdout + stderr).includes("CANARY"));
    });
  }
}

Deno.test("sc-sync FOLDER keeps a key of the environment from the address of that folder (duty 45)", async () => {
  await using attacker = startFakeService();
  await using folder = await TemporaryFolder.make();
  const tests = await unpack(folder, attacker.address);

  const { code, stderr } = await runBinary(["sc-sync", tests], {
    home: folder.join("home"),
    env: { HARDPY_SC_API_KEY: "CANARY-key" },
  });

  equal([code, attacker.received], [2, []]);
  match(stderr, /^error: HARDPY_SC_API_KEY is not sent to /);
});

/** Runs the compiled program on the stand of a stage. */
function run(
  { home }: Pick<Stage, "home">,
  args: readonly string[],
  options: Partial<BinaryOptions>,
): ReturnType<typeof runBinary> {
  return runBinary(args, { home, ...options });
}

Deno.test("the compiled program uses HARDPY_SC_API_KEY for an address that the person gave", async () => {
  await using stage = await setStage({ apiKeys: ["good"] });
  const { address, caFile } = stage.sandbox;
  const cwd = await unpack(stage.folder, address);
  const env = { HARDPY_SC_API_KEY: "good", STANDCLOUD_CA_FILE: caFile };
  const check = ["sc-login", "--check"];
  const codeOf = async (args: string[], more = {}) =>
    (await run(stage, args, { env: { ...env, ...more }, cwd })).code;

  equal(await codeOf(check), 2);
  equal(await codeOf([...check, address]), 0);
  equal(await codeOf(check, { STANDCLOUD_ADDRESS: address }), 0);
  equal(await codeOf([...check, "--config", "hardpy.toml"]), 0);
  // The person has given the address of the only login when logging in.
  await Deno.remove(`${cwd}/hardpy.toml`);
  await writeLogin(stage.home, address, loginContent(address));
  equal(await codeOf(check), 0);
});

Deno.test("the compiled program reads .env beside the hardpy.toml, not in the current folder, and no hardpy.toml of a parent folder (duty 45)", async () => {
  await using stage = await setStage({ apiKeys: ["good"] });
  const { address, caFile } = stage.sandbox;
  const tests = await unpack(stage.folder, address);
  const env = { STANDCLOUD_CA_FILE: caFile };
  const cwd = `${tests}/below`;
  await Deno.writeTextFile(`${tests}/.env`, "HARDPY_SC_API_KEY=good\n");
  await Deno.writeTextFile(`${cwd}/.env`, "HARDPY_SC_API_KEY=CANARY\n");
  const check = ["sc-login", "--check"];

  const named = [...check, "--config", "../hardpy.toml"];
  equal((await run(stage, named, { env, cwd })).code, 0);
  equal((await run(stage, check, { env, cwd: tests })).code, 0);
  const parent = await run(stage, check, { env, cwd });
  match(parent.stderr, /^error: No StandCloud address is given\n/);
  equal(parent.code, 2);
});

Deno.test("the compiled program names a .env that cannot be used, and works with a stored login all the same", async () => {
  await using stage: FakeStage = await setFakeStage();
  const { address } = stage.service;
  const cwd = await unpack(stage.folder, address);
  await stage.folder.write("tests/.env", "#".repeat(1024 * 1024 + 1));
  const check = ["sc-login", "--check"];

  equal((await run(stage, check, { cwd })).code, 0);
  const status = await run(stage, ["status"], { cwd });
  match(status.stderr, /^warning: ".*\/\.env" is larger than 1 MiB\n$/);
  await run(stage, ["sc-logout"], { cwd });
  const { code, stderr } = await run(stage, check, { cwd });
  equal(code, 2);
  match(stderr, /^error: ".*\/\.env" is larger than 1 MiB\n/);
});

Deno.test("status and doctor name the key that is used, and what it hides", async () => {
  await using stage = await setStage({ apiKeys: ["good"] });
  const { address, caFile } = stage.sandbox;
  const cwd = await unpack(stage.folder, address, 'api_key = "other"\n');
  await stage.folder.write("tests/.env", "HARDPY_SC_API_KEY=good\n");
  const env = { STANDCLOUD_CA_FILE: caFile };
  const toml = `the api_key of ${cwd}/hardpy.toml`;
  const dotenv = `HARDPY_SC_API_KEY of ${cwd}/.env`;
  const use = `${dotenv} is used for ${address} instead of ${toml}`;

  const status = await run(stage, ["status"], { env, cwd });
  equal(
    status.stderr,
    `This stand is not logged in anywhere.\nnote: ${use}\n`,
  );
  const json = await run(stage, ["status", "--json"], { env, cwd });
  equal(eventsOf(json), [{
    event: "status_summary",
    logins: 0,
    "default_address": address,
    source: dotenv,
    user: null,
    folder: `${stage.home}/logins`,
  }]);
  const doctor = await run(stage, ["doctor"], { env, cwd });
  equal(doctor.code, 0, doctor.stdout);
  match(doctor.stdout, /^ok +api /m);
  ok(doctor.stdout.includes(`ok       logins    ${use}\n`), doctor.stdout);
  const both = { ...env, STANDCLOUD_API_KEY: "x", HARDPY_SC_API_KEY: "y" };
  const named = ["doctor", address];
  const overridden = await run(stage, named, { env: both, cwd });
  ok(overridden.stdout.includes(
    `ok       logins    STANDCLOUD_API_KEY is used for ${address} instead of HARDPY_SC_API_KEY and ${dotenv} and ${toml}\n`,
  ));
});

Deno.test("status, doctor and sc-login say that a key of the environment is not sent to the address", async () => {
  await using stage: FakeStage = await setFakeStage();
  const { address } = stage.service;
  const cwd = await unpack(stage.folder, address);
  const env = { HARDPY_SC_API_KEY: "CANARY-key" };
  const refusal = `HARDPY_SC_API_KEY is not sent to ${address}, because only`;

  const status = await run(stage, ["status"], { env, cwd });
  equal(status.code, 0);
  ok(status.stderr.startsWith(`note: ${refusal}`), status.stderr);
  const json = await run(stage, ["status", "--json"], { env, cwd });
  equal(eventsOf(json).map((event) => event["source"]), [null, null]);
  const doctor = await run(stage, ["doctor"], { env, cwd });
  equal(doctor.code, 3);
  equal(doctor.stdout.split(`failed   logins    ${refusal}`).length, 2);
  // The login itself is the person's own, and works.
  const login = await run(stage, ["sc-login"], { env, cwd });
  equal(login.code, 0);
  ok(login.stderr.startsWith(`note: ${refusal}`), login.stderr);
});

for (
  const variable of [
    ...VARIABLES,
    "STANDCLOUD_PASSPHRASE",
    "HTTPS_PROXY",
    "SSL_CERT_FILE",
  ]
) {
  Deno.test(`the compiled program does not repeat ${variable} when it is not UTF-8 (duty 49)`, async () => {
    await using stage: FakeStage = await setFakeStage();
    const env = { STANDCLOUD_ADDRESS: "https://127.0.0.1:9" };
    const shell = `${variable}=$(printf 'CANARY\\377'); export ${variable}; ` +
      'exec "$@"';

    for (const args of [["sc-login", "--check"], ["doctor"], ["status"]]) {
      const { code, stdout, stderr } = await run(stage, args, { env, shell });
      const said = stdout + stderr;
      ok(!said.includes("CANARY"), said);
      if (args.includes("--check")) {
        equal([code, stderr], [
          2,
          `error: ${variable} is not a UTF-8 text\nhint: set ${variable} anew, or unset it\n`,
        ]);
      }
    }
    equal((await run(stage, ["--version"], { shell })).code, 0);
  });
}
