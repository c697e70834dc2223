import assert from "node:assert/strict";
import { Secret } from "../../src/system/secret.ts";
import type { System } from "../../src/system/system.ts";
import { findKeySource } from "../../src/tokens/find_key_source.ts";
import type { KeySource } from "../../src/tokens/key_source.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

interface Asked {
  readonly keys: KeySource;
  readonly questions: string[];
}

/** A stand whose passphrase is asked for, and what is typed. */
async function asked(
  home: string,
  answers: string[],
  options: { noInput?: boolean; terminal?: boolean } = {},
): Promise<Asked> {
  const questions: string[] = [];
  const variables = { "STANDCLOUD_PASSPHRASE_FILE": "-" };
  const system = fakeSystem(home, { variables });
  const terminal: System["terminal"] = {
    ...system.terminal,
    stdinIsTerminal: options.terminal ?? true,
    askSecret(message) {
      questions.push(message);
      return Promise.resolve(new Secret(answers.shift() ?? ""));
    },
  };
  const keys = await findKeySource(
    { ...system, terminal },
    undefined,
    options,
  );
  return { keys, questions };
}

async function passphraseOf({ keys }: Asked): Promise<string> {
  const key = await keys.key();
  assert.ok(key !== undefined && "passphrase" in key);
  return key.passphrase.reveal();
}

Deno.test("findKeySource() asks for the passphrase once, when it is needed", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("logins"));
  await folder.write("logins/a.example.age", "");
  const one = await asked(folder.path, ["horse"]);
  assert.deepEqual(one.questions, []);
  assert.equal(await passphraseOf(one), "horse");
  assert.equal(await passphraseOf(one), "horse");
  assert.deepEqual(one.questions, ["Passphrase of this stand's logins"]);
});

Deno.test("findKeySource() asks twice for a passphrase that nothing is sealed with yet", async () => {
  await using folder = await TemporaryFolder.make();
  const good = await asked(folder.path, ["horse", "horse"]);
  assert.equal(await passphraseOf(good), "horse");
  const mistyped = await asked(folder.path, ["horse", "hose"]);
  await assert.rejects(
    mistyped.keys.key(),
    appError("key_unreadable", /the two passphrases are different/),
  );
});

Deno.test("replace() asks twice for the new passphrase, before it seals", async () => {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("logins"));
  await folder.write("logins/a.example.age", "");
  const one = await asked(folder.path, ["horse", "hose"]);
  const reseal = () => Promise.reject(new Error("sealed"));
  await assert.rejects(one.keys.replace(reseal), appError("key_unreadable"));
  assert.equal(one.questions.length, 2);
});

for (
  const [options, message] of [
    [{ noInput: true }, /--no-input/],
    [{ terminal: false }, /no terminal to ask on/],
  ] as const
) {
  Deno.test(`findKeySource() does not ask with ${JSON.stringify(options)}`, async () => {
    await using folder = await TemporaryFolder.make();
    const one = await asked(folder.path, ["horse", "horse"], options);
    await assert.rejects(one.keys.key(), appError("key_unreadable", message));
    assert.deepEqual(one.questions, []);
  });
}

Deno.test("findKeySource() takes no empty passphrase", async () => {
  await using folder = await TemporaryFolder.make();
  const { keys } = await asked(folder.path, ["", ""]);
  await assert.rejects(keys.key(), appError("key_unreadable", /it is empty/));
});
