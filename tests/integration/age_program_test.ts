import { deepStrictEqual as equal, match } from "node:assert/strict";
import { loginPath } from "../support/login_file.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

/** The login file, decrypted with the `age` program of the Debian package. */
async function decrypt(
  { home, sandbox }: Stage,
): Promise<Record<string, unknown>> {
  const { success, stdout, stderr } = await new Deno.Command("age", {
    args: [
      "--decrypt",
      "-i",
      `${home}/key.txt`,
      loginPath(home, sandbox.address),
    ],
  }).output();
  equal([success, new TextDecoder().decode(stderr)], [true, ""]);
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("the age program opens the login of a browser login", async () => {
  await using stage = await setLoggedInStage();

  const { ...login } = await decrypt(stage);

  equal(Object.keys(login).sort(), [
    "access_token",
    "address",
    "expires_at",
    "flow",
    "obtained_at",
    "refresh_token",
    "scope",
    "token_type",
    "version",
  ]);
  equal([login["version"], login["address"], login["flow"]], [
    1,
    stage.sandbox.address,
    "browser",
  ]);
  match(String(login["access_token"]), /^authelia_at_/);
  match(String(login["refresh_token"]), /^authelia_rt_/);
  equal(login["token_type"], "bearer");
  equal(login["scope"], "offline_access authelia.bearer.authz");
});

Deno.test("the age program opens the login of an API key", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  await stage.run(["sc-login", "--api-key-file", "-"], { stdin: "the-key\n" });

  const { "obtained_at": obtainedAt, ...login } = await decrypt(stage);

  equal(login, {
    version: 1,
    address: stage.sandbox.address,
    flow: "api-key",
    "api_key": "the-key",
  });
  match(String(obtainedAt), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

Deno.test("the program opens a login that the age program has sealed", async () => {
  await using stage = await setLoggedInStage();
  const { home, sandbox } = stage;
  const login = await decrypt(stage);
  const key = await Deno.readTextFile(`${home}/key.txt`);
  const recipient = /public key: (\S+)/.exec(key)?.[1] ?? "";
  const plain = await stage.folder.write("plain.json", JSON.stringify(login));
  const path = loginPath(home, sandbox.address);
  const { success } = await new Deno.Command("age", {
    args: ["--encrypt", "-r", recipient, "-o", `${path}.new`, plain],
  }).output();
  equal(success, true);
  await Deno.chmod(`${path}.new`, 0o600);
  await Deno.rename(`${path}.new`, path);

  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("the age program opens a login after a change of the key, and one that was handed over", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const typed = { stdin: "the-key" };
  const login = ["sc-login", "--api-key-file", "-"];
  equal((await stage.run(login, typed)).code, 0);
  const { stdout, code } = await stage.run(["key", "--rotate"]);
  equal(code, 0);
  equal((await decrypt(stage))["api_key"], "the-key");

  const file = stage.folder.join("handed.age");
  const handOver = [...login, "--for", stdout.trim(), "--output", file];
  equal((await stage.run(handOver, typed)).code, 0);
  await Deno.rename(file, loginPath(stage.home, stage.sandbox.address));
  const handed = await decrypt(stage);
  equal([handed["api_key"], handed["handed_to"]], ["the-key", stdout.trim()]);
});
