import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { parseAddress } from "../../src/standcloud/address.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import { openTokenStore } from "../../src/tokens/age_files.ts";
import { systemClock } from "../../src/system/clock.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import {
  loginContent,
  secondsAhead,
  writeLogin,
} from "../support/login_file.ts";
import { randomFrom } from "../support/random.ts";
import { startBinary } from "../support/run_binary.ts";

/** `KILL_MOMENTS=1000` kills at ten times as many moments. */
const MOMENTS = Number(Deno.env.get("KILL_MOMENTS") ?? 100);
const SEED = 20260301;

/** A command that changes the store. */
interface Change {
  readonly name: string;
  /** What is stored before; undefined: nothing. */
  readonly before: Record<string, unknown> | undefined;
  readonly args: (stage: FakeStage) => readonly string[];
  readonly stdin?: string;
  /** What may be found after it was killed. */
  readonly found: readonly (RegExp | undefined)[];
}

const key = (text: string) => ({ flow: "api-key", "api_key": text });

const changes: Change[] = [
  {
    name: "a first login",
    before: undefined,
    args: () => ["sc-login", "--api-key-file", "-"],
    stdin: "new",
    found: [undefined, /^new$/],
  },
  {
    name: "a login in place of another",
    before: key("old"),
    args: () => ["sc-login", "--api-key-file", "-"],
    stdin: "new",
    found: [/^old$/, /^new$/],
  },
  {
    name: "a login that is taken over",
    before: key("old"),
    args: (stage) => ["sc-login", "--from", stage.folder.join("handed.age")],
    found: [/^old$/, /^handed$/],
  },
  {
    name: "a renewal",
    before: { "access_token": "old", "expires_at": secondsAhead(-1) },
    args: () => ["sc-login", "--check"],
    found: [/^old$/, /^access-\d+$/],
  },
  {
    name: "a logout",
    before: key("old"),
    args: () => ["sc-logout"],
    found: [/^old$/, undefined],
  },
  {
    name: "a change of the key",
    before: key("old"),
    args: () => ["key", "--rotate"],
    found: [/^old$/],
  },
];

/** The secret of the stored login, opened with the keys that are on disk. */
async function stored(
  { home, service }: FakeStage,
): Promise<string | undefined> {
  const system = { ...fakeSystem(home), clock: systemClock };
  const keys = await findKeySource(system, undefined);
  const login = await openTokenStore(system, keys)
    .load(parseAddress(service.address));
  if (login === undefined) return undefined;
  return (login.flow === "api-key" ? login.apiKey : login.accessToken).reveal();
}

/** Starts the command, and kills it after so many milliseconds. */
async function run(
  stage: FakeStage,
  { args, stdin }: Change,
  killAfter: number,
): Promise<number> {
  const start = performance.now();
  const program = await startBinary(args(stage), {
    home: stage.home,
    env: { STANDCLOUD_ADDRESS: stage.service.address },
    ...(stdin !== undefined && { stdin }),
  });
  const timer = setTimeout(() => {
    try {
      program.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  }, killAfter);
  await program.result;
  clearTimeout(timer);
  return performance.now() - start;
}

async function prepare(stage: FakeStage, { before }: Change): Promise<void> {
  await Deno.remove(`${stage.home}/logins`, { recursive: true });
  await Deno.remove(`${stage.home}/taken_over.txt`).catch(() => {});
  await Deno.mkdir(`${stage.home}/logins`, { mode: 0o700 });
  if (before === undefined) return;
  const { address } = stage.service;
  await writeLogin(stage.home, address, loginContent(address, before));
}

/** A login for the stand of the stage, from another computer. */
async function handOver(stage: FakeStage): Promise<void> {
  const { stdout } = await stage.run(["key"]);
  const file = stage.folder.join("handed.age");
  await Deno.remove(file).catch(() => {});
  const args = ["sc-login", "--api-key-file", "-", "--for", stdout.trim()];
  const { code } = await stage.run([...args, "--output", file], {
    stdin: "handed",
    home: stage.folder.join("elsewhere"),
  });
  equal(code, 0);
}

for (const [index, change] of changes.entries()) {
  const count = Math.ceil(MOMENTS / changes.length);
  Deno.test(`${change.name} that is killed at any of ${count} moments leaves the old state or the new`, async () => {
    await using stage = await setFakeStage();
    await handOver(stage);
    const random = randomFrom(SEED + index);
    await prepare(stage, change);
    const whole = await run(stage, change, 60_000);
    ok(whole > 0);
    for (let moment = 0; moment < count; moment++) {
      await prepare(stage, change);
      // Half of them fall into the second half, where the store is changed.
      const at = moment % 2 === 0 ? random() : 0.5 + random() / 2;
      await run(stage, change, at * whole * 1.1);
      const secret = await stored(stage);
      const isFound = change.found.some((one) =>
        one === undefined ? secret === undefined : one.test(secret ?? "")
      );
      ok(isFound, `${moment}: ${secret}`);
      // Nothing that was left keeps the next command from its work.
      const login = await stage.run(["sc-login", "--api-key-file", "-"], {
        stdin: "next",
      });
      equal([login.code, await stored(stage)], [0, "next"]);
    }
  });
}
