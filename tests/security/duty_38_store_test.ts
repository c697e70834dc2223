import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { named } from "../support/outcomes.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import { loginContent, loginPath, writeLogin } from "../support/login_file.ts";
import { runBinary } from "../support/run_binary.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";
import { startFakeService } from "../support/fake_service.ts";
import { startChild } from "../system/child.ts";

const LOGIN = ["sc-login", "--api-key-file", "-"];

Deno.test("duty 38: files are 0600 and folders 0700 under umask 000, also what is there only for a moment", async () => {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const home = folder.join("a", "home");
  const seen = new Set<string>();
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const now = await listing(folder.path).catch(() => []);
      for (const line of now) seen.add(line.replace(/\.[0-9a-f-]{36}$/, ""));
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  })();
  for (const args of [LOGIN, ["key", "--rotate"], LOGIN]) {
    const { code } = await runBinary(args, {
      home,
      stdin: "the-key",
      env: { STANDCLOUD_ADDRESS: service.address },
      shell: 'umask 000; exec "$@"',
    });
    equal(code, 0);
  }
  isOver = true;
  await watching;
  for (const line of await listing(folder.path)) seen.add(line);
  const open = [...seen].filter((line) => !/^(?:600|700) /.test(line));
  equal(open, []);
  ok([...seen].some((line) => line.endsWith(".age")));
});

Deno.test("duty 38: a link planted at the login file leads to no victim", async () => {
  await using stage = await setFakeStage();
  const victim = await stage.folder.write("victim", "mine");
  const path = loginPath(stage.home, stage.service.address);
  await Deno.remove(path);
  await Deno.symlink(victim, path);
  const check = await stage.run(["sc-login", "--check"]);
  equal(check.code, 2);
  match(check.stderr, /it is a symbolic link/);
  equal((await stage.run(LOGIN, { stdin: "the-key" })).code, 0);
  equal(await Deno.readTextFile(victim), "mine");
  ok((await Deno.lstat(path)).isFile);
});

Deno.test("duty 38: a login is never read through a link that is swapped in meanwhile", async () => {
  await using stage = await setFakeStage();
  const { address } = stage.service;
  const path = loginPath(stage.home, address);
  const content = await stage.folder.write(
    "good.age",
    await Deno.readFile(path),
  );
  // Sealed to the same key: only the link betrays it.
  await writeLogin(
    stage.home,
    address,
    loginContent(address, { flow: "device" }),
  );
  const victim = await stage.folder.write(
    "evil.age",
    await Deno.readFile(path),
  );
  await Deno.chmod(victim, 0o600);
  await Deno.copyFile(content, path);
  await using swapper = startChild("swap_link.ts", {
    args: [path, victim, content],
  });
  equal(await swapper.line(), "swapping");
  const flows = new Set<unknown>();
  const problems = new Set<string>();
  for (let turn = 0; turn < 300; turn++) {
    const result = await stage.run(["status", "--json"]);
    equal(result.code, 0);
    for (const { flow, problem = "" } of named(result, "status")) {
      flows.add(flow);
      problems.add(String(problem).replace(/"[^"]*"/, "PATH"));
    }
  }
  // What was read is the file, or nothing: never what the link leads to.
  flows.delete(null);
  equal([...flows], ["browser"]);
  ok(problems.has("Refusing to use PATH: it is a symbolic link"));
});

const folders: [what: string, spoil: (home: string) => Promise<void>][] = [
  [
    "a folder of logins of mode 0777",
    (home) => Deno.chmod(join(home, "logins"), 0o777),
  ],
  [
    "a folder of logins of mode 0770",
    (home) => Deno.chmod(join(home, "logins"), 0o770),
  ],
  [
    "a home that every user may change",
    (home) => Deno.chmod(join(home, ".."), 0o777),
  ],
  ["a login with a second name", (home) => linkAll(join(home, "logins"), home)],
];

async function linkAll(folder: string, to: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    await Deno.link(join(folder, name), join(to, `other-${name}`));
  }
}

for (const [what, spoil] of folders) {
  Deno.test(`duty 38: ${what} is refused`, async () => {
    await using stage = await setFakeStage();
    await spoil(stage.home);
    const reading = await stage.run(["sc-login", "--check"]);
    const writing = await stage.run(LOGIN, { stdin: "the-key" });
    ok([reading.code, writing.code].includes(2));
    match(reading.stderr + writing.stderr, /Refusing to/);
    await Deno.chmod(join(stage.home, ".."), 0o700);
  });
}
