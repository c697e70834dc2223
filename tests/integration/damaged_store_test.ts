import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { loginPath } from "../support/login_file.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";

const SECRET = /CANARY|AGE-SECRET-KEY-1[0-9A-Z]/;

function setCanaryStage(): Promise<FakeStage> {
  return setFakeStage({
    "access_token": "CANARY-access",
    "refresh_token": "CANARY-refresh",
  });
}

/** The word of the error, after a look for what must never be said. */
function codeOf({ stdout, stderr }: ProgramResult): unknown {
  ok(!SECRET.test(stdout + stderr), stdout + stderr);
  const error = eventsOf({ stdout }).find(({ event }) => event === "error");
  return error?.["code"];
}

/** The content with each byte flipped, and cut before each byte. */
function* damages(content: Uint8Array): Generator<[string, Uint8Array]> {
  for (let at = 0; at < content.length; at++) {
    const flipped = content.slice();
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
    yield [`byte ${at} flipped`, flipped];
    yield [`cut to ${at} bytes`, content.slice(0, at)];
  }
}

/** Logs out whatever state the store is in. */
async function requireLogout(stage: FakeStage, what: string): Promise<void> {
  const result = await stage.run(["sc-logout", "--json"]);
  codeOf(result);
  equal([what, result.code], [what, 0]);
  const path = loginPath(stage.home, stage.service.address);
  equal(await Deno.stat(path).then(() => "there", () => "gone"), "gone");
}

Deno.test("a login file damaged at any byte is named as such, and sc-logout works", async () => {
  await using stage = await setCanaryStage();
  const path = loginPath(stage.home, stage.service.address);
  const content = await Deno.readFile(path);
  for (const [what, damaged] of damages(content)) {
    await Deno.writeFile(path, damaged, { mode: 0o600 });
    const check = await stage.run(["sc-login", "--check", "--json"]);
    equal([what, codeOf(check), check.code], [what, "login_unreadable", 3]);
    await requireLogout(stage, what);
  }
  equal(stage.service.received, []);
});

Deno.test("a login file damaged at any byte is shown by status, and replaced by a login", async () => {
  await using stage = await setCanaryStage();
  const path = loginPath(stage.home, stage.service.address);
  const content = await Deno.readFile(path);
  let count = 0;
  for (const [what, damaged] of damages(content)) {
    if (count++ % 7 !== 0) continue;
    await Deno.writeFile(path, damaged, { mode: 0o600 });
    const status = await stage.run(["status", "--json"]);
    codeOf(status);
    equal([what, eventsOf(status)[0]?.["state"]], [what, "unreadable"]);
    const args = ["sc-login", "--json", "--api-key-file", "-"];
    const login = await stage.run(args, { stdin: "the-key" });
    equal([what, login.code], [what, 0]);
    equal((await stage.run(["sc-login", "--check"])).code, 0);
  }
});

Deno.test("a key file damaged at any byte is named as such or still works, and sc-logout works", async () => {
  await using stage = await setCanaryStage();
  const path = loginPath(stage.home, stage.service.address);
  const keyPath = `${stage.home}/key.txt`;
  const login = await Deno.readFile(path);
  const key = await Deno.readFile(keyPath);
  const seen = new Map<unknown, number>();
  for (const [what, damaged] of damages(key)) {
    await Deno.writeFile(path, login, { mode: 0o600 });
    await Deno.writeFile(keyPath, damaged, { mode: 0o600 });
    const check = await stage.run(["sc-login", "--check", "--json"]);
    const code = codeOf(check);
    seen.set(code, (seen.get(code) ?? 0) + 1);
    const expected = code === undefined ? 0 : code === "key_unreadable" ? 2 : 3;
    equal([what, check.code], [what, expected]);
    equal(await Deno.readFile(keyPath), damaged);
    await requireLogout(stage, what);
  }
  // Undefined: what was damaged is a comment.
  const codes = [undefined, "key_unreadable", "login_unreadable"];
  ok([...seen.keys()].every((code) => codes.some((one) => one === code)));
  ok((seen.get("key_unreadable") ?? 0) > 2 * 74, JSON.stringify([...seen]));
});

Deno.test("a key file that is damaged is never replaced by a new one", async () => {
  await using stage = await setCanaryStage();
  const keyPath = `${stage.home}/key.txt`;
  await Deno.writeTextFile(keyPath, "damaged", { mode: 0o600 });
  const args = ["sc-login", "--json", "--api-key-file", "-"];
  for (
    const command of [args, ["key", "--json"], ["key", "--rotate", "--json"]]
  ) {
    const result = await stage.run(command, { stdin: "the-key" });
    equal([command[0], codeOf(result)], [command[0], "key_unreadable"]);
  }
  equal(await Deno.readTextFile(keyPath), "damaged");
});

/** What may lie where a lock should. */
const locks: [what: string, make: (path: string) => Promise<void>][] = [
  ["with bytes in it", (path) => Deno.writeFile(path, new Uint8Array(999))],
  [
    "that nobody may read",
    (path) => Deno.writeFile(path, new Uint8Array(), { mode: 0 }),
  ],
  ["that is a folder", (path) => Deno.mkdir(path)],
  ["that is a link to nowhere", (path) => Deno.symlink("/nowhere/x", path)],
  [
    "that is a link to another file",
    (path) => Deno.symlink("../key.txt", path),
  ],
];

for (const [what, make] of locks) {
  Deno.test(`sc-logout works with a lock ${what}`, async () => {
    await using stage = await setCanaryStage();
    const path = loginPath(stage.home, stage.service.address);
    const key = await Deno.readFile(`${stage.home}/key.txt`);
    await make(path.replace(/\.age$/, ".lock"));
    codeOf(await stage.run(["status", "--json"]));
    await requireLogout(stage, what);
    equal(stage.service.forms("revocation").length, 2);
    equal(await Deno.readFile(`${stage.home}/key.txt`), key);
  });
}

Deno.test("a damaged list of files that were taken over loses no login", async () => {
  await using stage = await setCanaryStage();
  await Deno.writeFile(
    `${stage.home}/taken_over.txt`,
    crypto.getRandomValues(new Uint8Array(300)),
    { mode: 0o600 },
  );
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});
