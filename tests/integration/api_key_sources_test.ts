import { deepStrictEqual as equal, match } from "node:assert/strict";
import { finishLogin } from "../support/login.ts";
import { loginFiles, readLogin } from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

/** Writes a hardpy.toml with an API key for the sandbox and gives the flags that name it. */
async function keyInToml(
  { sandbox, folder }: Stage,
  key = "toml-key",
  spelling = "api_key",
): Promise<string[]> {
  const path = await folder.write(
    "hardpy.toml",
    `[stand_cloud]\naddress = "${sandbox.address}"\n${spelling} = "${key}"\n`,
  );
  await Deno.chmod(path, 0o600);
  return ["--config", path];
}

const CHECK = ["sc-login", "--check"];
const env = { STANDCLOUD_API_KEY: "env-key" };

for (const spelling of ["api_key", "api-key"]) {
  Deno.test(`sc-login --check uses the ${spelling} of hardpy.toml without storing it`, async () => {
    await using stage = await setStage({ apiKeys: ["toml-key"] });
    const config = await keyInToml(stage, "toml-key", spelling);

    equal((await stage.run([...CHECK, ...config])).code, 0);
    equal(await loginFiles(stage.home), []);
  });
}

Deno.test("STANDCLOUD_API_KEY wins over the stored login, and that over hardpy.toml", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["env-key"] });
  const config = await keyInToml(stage, "wrong");
  stage.sandbox.requests.length = 0;

  equal((await stage.run([...CHECK, ...config])).code, 0);
  stage.sandbox.revokeAllTokens();
  equal((await stage.run([...CHECK, ...config], { env })).code, 0);
  // A login that has ended is not replaced in silence by another one.
  equal((await stage.run([...CHECK, ...config])).code, 3);
});

Deno.test("sc-login --check names the source of the key that is refused", async () => {
  await using stage = await setStage({ apiKeys: [] });
  const config = await keyInToml(stage);

  match(
    (await stage.run([...CHECK, ...config])).stderr,
    /^error: .* refuses the api_key of .*hardpy\.toml\n/,
  );
  match(
    (await stage.run([...CHECK, ...config], { env })).stderr,
    /^error: .* refuses STANDCLOUD_API_KEY\n/,
  );
});

Deno.test("sc-login says which of login and configured keys is used", async () => {
  await using stage = await setStage({ apiKeys: ["toml-key"] });
  const config = await keyInToml(stage);
  const login = async (variables = {}) => {
    const args = ["sc-login", "--no-browser", "--force", ...config];
    const program = await stage.start(args, { env: variables });
    const { result } = await finishLogin(program, stage.sandbox);
    equal(result.code, 0);
    return result.stderr;
  };

  match(
    await login(),
    /^note: the stored login is used instead of the api_key of .*hardpy\.toml\n/,
  );
  match(
    await login(env),
    /^note: STANDCLOUD_API_KEY is set and is used instead of the stored login and the api_key of .*hardpy\.toml\n/,
  );
});

Deno.test("sc-logout says which key goes on to log the stand in", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["toml-key"] });
  const config = await keyInToml(stage);

  const { code, stderr } = await stage.run(["sc-logout", ...config]);

  equal(code, 0);
  match(stderr, /^note: the api_key of .*hardpy\.toml is used from now on\n$/);
  equal((await stage.run([...CHECK, ...config])).code, 0);
});

Deno.test("sc-logout works although hardpy.toml cannot be read", async () => {
  await using stage = await setLoggedInStage();
  const config = await stage.folder.write("hardpy.toml", "[[[");

  const { code } = await stage.run([
    "sc-logout",
    stage.sandbox.address,
    "--config",
    config,
  ]);

  equal([code, await loginFiles(stage.home)], [0, []]);
});

Deno.test("status says which login is used for an address, and what it hides", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  const config = await keyInToml(stage);
  const path = config[1];
  const args = ["status", ...config];
  const source = async (variables = {}) =>
    eventsOf(await stage.run([...args, "--json"], { env: variables }))
      .map((event) => event["source"]);
  // Of the login, and of the address that commands use here.
  const twice = (name: string) => [name, name];

  equal(
    (await stage.run(args)).stderr,
    `note: the stored login is used for ${address} instead of the api_key of ${path}\n`,
  );
  equal(await source(), twice("login"));
  equal(
    (await stage.run(args, { env })).stderr,
    `note: STANDCLOUD_API_KEY is set and is used instead of any stored login\nnote: STANDCLOUD_API_KEY is used for ${address} instead of the stored login and the api_key of ${path}\n`,
  );
  equal(await source(env), twice("STANDCLOUD_API_KEY"));
  await stage.run(["sc-logout"]);
  equal(
    (await stage.run(args)).stderr,
    `This stand is not logged in anywhere.\nnote: the api_key of ${path} is used for ${address}\n`,
  );
});

Deno.test("sc-login --flow api-key asks for the key, checks it and stores it", async () => {
  await using stage = await setStage({ apiKeys: ["CANARY-key"] });
  const { address } = stage.sandbox;
  const type = (secret: string) => ({
    typed: { secret, async *lines() {} },
  });

  const wrong = await stage.run(["sc-login", "--flow", "api-key"], {
    ...type("CANARY-wrong"),
  });
  equal([wrong.code, await loginFiles(stage.home)], [3, []]);
  match(wrong.stderr, /error: .* refuses the API key\n/);
  const right = await stage.run(["sc-login", "--flow", "api-key"], {
    ...type("CANARY-key"),
  });

  equal(right, {
    code: 0,
    stdout: "Registration completed\n",
    stderr: `API key of ${address}\n`,
  });
  const { "api_key": stored } = await readLogin(stage.home, address);
  equal(stored, "CANARY-key");
  equal(/CANARY/.test(JSON.stringify([wrong, right])), false);
});

const NO_QUESTION: [flags: string[], typed: boolean][] = [
  [[], false],
  [["--no-input"], true],
];

for (const [flags, isTerminal] of NO_QUESTION) {
  Deno.test(`sc-login --flow api-key ${flags} names --api-key-file where it may not ask`, async () => {
    await using stage = await setStage();
    const { code, stderr } = await stage.run(
      ["sc-login", "--flow", "api-key", ...flags],
      isTerminal ? { typed: { async *lines() {}, secret: "x" } } : {},
    );

    equal(code, 2);
    match(stderr, /^error: .*\nhint: give it with --api-key-file PATH/);
  });
}

Deno.test("sc-login refuses a key file with another flow", async () => {
  await using stage = await setStage();
  const { code, stderr } = await stage.run([
    "sc-login",
    "--flow",
    "device",
    "--api-key-file",
    "x",
  ]);
  equal(code, 2);
  match(stderr, /^error: --api-key-file does not go with --flow device\n/);
});
