import { deepStrictEqual as equal, match } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import type { System } from "../../src/system/system.ts";
import { loginFiles, programFiles, readLogin } from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { setStage, type Stage, type StageOptions } from "../support/stage.ts";
import { listing } from "../support/temporary_folder.ts";

/** A stand beside the computer with the network, and what `key` prints on it. */
interface Pair extends AsyncDisposable {
  readonly stage: Stage;
  readonly stand: string;
  readonly recipient: string;
  readonly file: string;
}

const away = () =>
  Promise.reject(new HttpFailure("connection", "The network is away"));

/** The stand has no network. */
const offline: Partial<System> = {
  openHttpClient: () => ({
    send: away,
    open: away,
    [Symbol.dispose]: () => {},
  }),
};

async function setPair(options: StageOptions = {}): Promise<Pair> {
  const stage = await setStage({ apiKeys: ["the-key"], ...options });
  const stand = stage.folder.join("stand");
  await Deno.mkdir(stand, { mode: 0o700 });
  const { stdout } = await stage.run(["key"], { home: stand, system: offline });
  return {
    stage,
    stand,
    recipient: stdout.trim(),
    file: stage.folder.join("login.age"),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

function takeOver({ stage, stand, file }: Pair, ...flags: string[]) {
  return stage.run(["sc-login", "--from", file, ...flags], {
    home: stand,
    system: offline,
  });
}

/** Logs in on the computer with the network, with an API key: quick. */
async function write({ stage, recipient, file }: Pair): Promise<void> {
  const { code, stderr } = await stage.run(
    [
      ...["sc-login", "--api-key-file", "-"],
      ...["--for", recipient, "--output", file],
    ],
    { stdin: "the-key" },
  );
  equal([code, stderr], [0, ""]);
}

Deno.test("a browser login is written for a stand without a network, which takes it over", async () => {
  await using pair = await setPair();
  const { stage, stand, recipient, file } = pair;
  match(recipient, /^age1[0-9a-z]{58}$/);

  const there = await stage.logIn("--for", recipient, "--output", file);

  equal(there.code, 0);
  match(there.stdout, /^Registration completed\nWrote .*login\.age; on that/);
  equal(await programFiles(stage.home), []);
  equal(((await Deno.stat(file)).mode ?? 0) & 0o777, 0o600);
  const sealed = new TextDecoder("latin1").decode(await Deno.readFile(file));
  match(sealed, /^age-encryption\.org\/v1\n/);

  const here = await takeOver(pair, "--json");

  const [event = {}, ...more] = eventsOf(here);
  equal([here.code, more], [0, []]);
  match(here.stderr, /^note: the login is not tested yet: .*network is away\n/);
  const { event: name, address, flow, already, checked } = event;
  equal([name, address, flow, already, checked], [
    "logged_in",
    stage.sandbox.address,
    "browser",
    false,
    false,
  ]);
  const login = await readLogin(stand, stage.sandbox.address);
  equal(login["handed_to"], undefined);
  const check = await stage.run(["sc-login", "--check"], { home: stand });
  equal([check.code, check.stdout], [0, "StandCloud connection success\n"]);
});

Deno.test("sc-login --for says in JSON what it wrote, and never over a file", async () => {
  await using pair = await setPair();
  const { stage, recipient, file } = pair;
  const run = () =>
    stage.run([
      ...["sc-login", "--json", "--api-key-file", "-"],
      ...["--for", recipient, "--output", file],
    ], { stdin: "the-key" });

  const first = await run();
  const content = await Deno.readFile(file);
  const second = await run();

  const { address } = stage.sandbox;
  equal(eventsOf(first).at(-1), {
    event: "handed_over",
    address,
    recipient,
    output: file,
  });
  equal(eventsOf(second).at(-1)?.["code"], "output_unwritable");
  match(second.stdout, /it exists already/);
  equal(await Deno.readFile(file), content);
});

Deno.test("sc-login --for leaves no file behind when nobody logs in", async () => {
  await using pair = await setPair();
  const { stage, recipient, file } = pair;
  const { code } = await stage.run([
    ...["sc-login", "--api-key-file", "-"],
    ...["--for", recipient, "--output", file],
  ], { stdin: "a-wrong-key" });
  equal(code, 3);
  equal(await listing(stage.folder.path), [
    "700 home",
    "700 stand",
    "600 stand/key.txt",
    "600 stand/key.txt.lock",
  ]);
});

Deno.test("sc-login --for refuses what is no recipient, and does not repeat it", async () => {
  await using pair = await setPair();
  const { stage, stand, file } = pair;
  const key = await Deno.readTextFile(`${stand}/key.txt`);
  const [identity = ""] = /AGE-SECRET-KEY\S+/.exec(key) ?? [];
  for (const wrong of [identity, "age1abc", ""]) {
    const result = await stage.run(
      ["sc-login", `--for=${wrong}`, "--output", file],
    );
    equal([result.code, result.stdout], [2, ""]);
    equal(result.stderr.includes("SECRET"), false);
  }
});

/** Why the file is refused; nothing was stored. */
async function refusal(pair: Pair, ...flags: string[]): Promise<string> {
  const { code, stderr } = await takeOver(pair, ...flags);
  equal(code, 3, stderr);
  const files = await loginFiles(pair.stand);
  equal(files.filter((path) => path !== "taken_over.txt"), []);
  return /Cannot take over ".*": (.*)\n/.exec(stderr)?.[1] ?? stderr;
}

Deno.test("sc-login --from refuses a file for another stand, and one for another address", async () => {
  await using pair = await setPair();
  await write(pair);
  match(
    await refusal(pair, "other.example"),
    new RegExp(`^it holds a login to ${pair.stage.sandbox.address}$`),
  );
  await pair.stage.run(["key", "--rotate"], { home: pair.stand });
  match(
    await refusal(pair),
    /^it was written for another stand \(this one is age1[0-9a-z]{58}\)$/,
  );
});

Deno.test("sc-login --from refuses a file that was cut or changed at any byte", async () => {
  await using pair = await setPair();
  await write(pair);
  const whole = await Deno.readFile(pair.file);
  const reasons = new Set<string>();
  for (let at = 0; at < whole.length; at++) {
    const flipped = whole.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 4;
    for (const damaged of [flipped, whole.slice(0, at)]) {
      await Deno.writeFile(pair.file, damaged);
      reasons.add((await refusal(pair)).replace(/ \(this.*\)/, ""));
    }
  }
  await Deno.writeFile(pair.file, new Uint8Array([...whole, 0]));
  reasons.add(await refusal(pair));
  equal([...reasons].sort(), [
    "it has a version of the age format that this program does not know",
    "it is damaged, or is no age file at all",
    "it is damaged, or was changed on its way",
    "it was written for another stand",
  ]);
  await Deno.writeFile(pair.file, whole);
  equal((await takeOver(pair)).code, 0);
});

Deno.test("sc-login --from takes a file over once, and never a copy of a login file", async () => {
  await using pair = await setPair();
  await write(pair);
  equal((await takeOver(pair)).code, 0);
  const { address } = pair.stage.sandbox;
  const stored = `${pair.stand}/logins/${address.replace(":", "_")}.age`;
  const copy = await Deno.readFile(stored);
  await pair.stage.run(["sc-logout"], { home: pair.stand });
  match(await refusal(pair), /^it has been taken over before$/);
  await Deno.writeFile(pair.file, copy);
  match(await refusal(pair), /^it is no login that was written with --for$/);
});

for (
  const flags of [
    ["--for", "age1x"],
    ["--output", "x"],
    ["--from", "x", "--check"],
    ["--from", "x", "--for", "y", "--output", "z"],
    ["--from", "x", "--api-key-file", "-"],
  ]
) {
  Deno.test(`sc-login refuses ${flags.join(" ")}`, async () => {
    await using pair = await setPair();
    const { code, stderr } = await pair.stage.run(["sc-login", ...flags]);
    equal(code, 2);
    match(stderr, /do not go together|belong together/);
  });
}

Deno.test("the device flow writes a login for a stand without a network too", async () => {
  await using pair = await setPair({
    deviceIntervalSeconds: 1,
    deviceAudience: "granted",
  });
  const { stage, stand, recipient, file } = pair;
  const program = await stage.start([
    ...["sc-login", "--flow", "device"],
    ...["--for", recipient, "--output", file],
  ]);
  const code = await program.output.find(/\n {2}([B-Z]{8})\b/);
  const { issuer, caPem } = stage.sandbox;
  const page = `${issuer}/consent/openid/device-authorization`;
  await signIn(`${page}?user_code=${code}`, { caPem, decision: "accept" });
  equal((await program.result).code, 0);
  equal(await loginFiles(stage.home), []);

  equal((await takeOver(pair)).code, 0);
  equal((await readLogin(stand, stage.sandbox.address))["flow"], "device");
});
