import { deepStrictEqual as equal, match } from "node:assert/strict";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";
import { loginContent, readLogin, writeLogin } from "../support/login_file.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const STANDS = 20;

const keyOf = (stand: number) => `key-of-stand-${stand}`;

/** Runs the script on the stands, each with a home and an API key of its own. */
async function provision(
  folder: TemporaryFolder,
  sandbox: Sandbox,
  written = (address: string) => address,
): Promise<{ code: number; lines: string[]; stderr: string }> {
  const lines = [];
  for (let stand = 1; stand <= STANDS; stand++) {
    const key = await folder.write(`key ${stand}`, `${keyOf(stand)}\n`);
    await Deno.chmod(key, 0o600);
    const home = folder.join(`home of ${stand}`);
    lines.push(`${home}\t${written(sandbox.address)}\t${key}`);
  }
  // Behind the first stand, for the byte order mark stands before that one.
  lines.splice(1, 0, "# HOME\tADDRESS\tKEY_FILE", "");
  // Written on Windows, without a line break at its end.
  const stands = await folder.write("stands", `\ufeff${lines.join("\r\n")}`);
  await folder.write(
    "hardpy.toml",
    `[stand_cloud]\naddress = "${sandbox.address}"\napi_key = "${keyOf(1)}"\n`,
  );
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: [fromRoot("scripts/provision/login_stands.sh"), stands],
    env: {
      STANDCLOUD: await compiledBinary(),
      STANDCLOUD_CA_FILE: sandbox.caFile,
      // Neither this nor a hardpy.toml nearby is the login of a stand.
      STANDCLOUD_API_KEY: keyOf(1),
      PATH: Deno.env.get("PATH") ?? "",
    },
    clearEnv: true,
    cwd: folder.path,
    stdin: "null",
  }).output();
  return {
    code,
    lines: new TextDecoder().decode(stdout).trimEnd().split("\n"),
    stderr: new TextDecoder().decode(stderr),
  };
}

Deno.test("login_stands.sh logs 20 stands in, each with its own key, and leaves them so", async () => {
  await using folder = await TemporaryFolder.make();
  const apiKeys = Array.from({ length: STANDS }, (_, at) => keyOf(at + 1));
  await using sandbox = await startSandbox({ apiKeys });

  const { code, lines, stderr } = await provision(folder, sandbox);

  equal([code, stderr, lines.length], [0, "", STANDS]);
  for (const line of lines) match(line, /^ok {6}.*home of \d+ 127.* ok$/);
  for (let stand = 1; stand <= STANDS; stand++) {
    const home = folder.join(`home of ${stand}`);
    const login = await readLogin(home, sandbox.address);
    equal(login["api_key"], keyOf(stand));
  }
  const again = await provision(folder, sandbox);
  equal([again.code, again.lines], [0, lines]);
  // A login that works is not made again, however its address is written.
  sandbox.requests.length = 0;
  const url = await provision(folder, sandbox, (one) => `https://${one}/`);
  equal([url.code, sandbox.requests.length], [0, STANDS]);
});

Deno.test("login_stands.sh goes on past a stand that is refused, and ends with its code", async () => {
  await using folder = await TemporaryFolder.make();
  const apiKeys = Array.from({ length: STANDS }, (_, at) => keyOf(at + 1));
  await using sandbox = await startSandbox({
    apiKeys: apiKeys.filter((key) => key !== keyOf(7)),
  });

  const { code, lines } = await provision(folder, sandbox);

  equal(code, 3);
  const failed = lines.filter((line) => !line.startsWith("ok"));
  equal(failed.length, 1);
  match(failed[0] ?? "", /home of 7 127.* exit 3: 127.* refuses the API key$/);
  // The key is put right: the script is run again.
  sandbox.apiKeys.add(keyOf(7));
  equal((await provision(folder, sandbox)).code, 0);
});

Deno.test("login_stands.sh ends with 4 when StandCloud is away, and 2 without a list", async () => {
  await using folder = await TemporaryFolder.make();
  const key = await folder.write("key", "k");
  const stands = await folder.write(
    "stands",
    `${folder.join("home")}\t127.0.0.1:1\t${key}\n`,
  );
  const spaces = await folder.write(
    "spaces",
    `${folder.join("home")}\\new 127.0.0.1:1 ${key}\n`,
  );
  const run = async (...args: string[]) => {
    const { code, stdout } = await new Deno.Command("sh", {
      args: [fromRoot("scripts/provision/login_stands.sh"), ...args],
      env: { STANDCLOUD: await compiledBinary() },
    }).output();
    return { code, text: new TextDecoder().decode(stdout) };
  };
  equal((await run(folder.join("none"))).code, 2);
  const { code, text } = await run(spaces);
  equal(code, 2);
  // As it is in the list.
  match(text, /^failed {2}\S+home\\new 127\.0.*three words.*\n$/);
  equal((await run(stands)).code, 4);
});

Deno.test("login_stands.sh takes no API key nearby for the login of a stand that has one elsewhere", async () => {
  await using folder = await TemporaryFolder.make();
  await using sandbox = await startSandbox({ apiKeys: ["a", "b"] });
  const home = folder.join("home");
  const elsewhere = "elsewhere.example";
  await writeLogin(home, elsewhere, loginContent(elsewhere));
  await folder.write(
    "hardpy.toml",
    `[stand_cloud]\naddress = "${sandbox.address}"\napi_key = "a"\n`,
  );
  const key = await folder.write("key", "b\n");
  const line = `${home}\t${sandbox.address}\t${key}\n`;
  const { code } = await new Deno.Command("sh", {
    args: [
      fromRoot("scripts/provision/login_stands.sh"),
      await folder.write("stands", line),
    ],
    env: {
      STANDCLOUD: await compiledBinary(),
      STANDCLOUD_CA_FILE: sandbox.caFile,
    },
    cwd: folder.path,
    stdin: "null",
    stdout: "null",
  }).output();
  equal(code, 0);
  equal((await readLogin(home, sandbox.address))["api_key"], "b");
});
