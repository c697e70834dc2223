import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { Encrypter } from "age-encryption";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { loginContent, loginPath } from "../support/login_file.ts";
import type { ProgramResult } from "../support/running_program.ts";

const PASSPHRASE = "CANARY horse";

/** A login sealed with the passphrase, at a work factor that is quick to check. */
async function seal(stage: FakeStage): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(2);
  const content = loginContent(stage.service.address, {
    "access_token": "CANARY-access",
  });
  return await encrypter.encrypt(JSON.stringify(content));
}

async function check(
  stage: FakeStage,
  box: Uint8Array,
): Promise<ProgramResult> {
  const path = loginPath(stage.home, stage.service.address);
  await Deno.writeFile(path, box, { mode: 0o600 });
  const result = await stage.run(["sc-login", "--check"], {
    env: { STANDCLOUD_PASSPHRASE: PASSPHRASE },
  });
  ok(!/CANARY/.test(result.stdout + result.stderr));
  return result;
}

/** Changes the text of the header. */
function edited(box: Uint8Array, from: RegExp, to: string): Uint8Array {
  const before = new TextDecoder("latin1").decode(box);
  const after = before.replace(from, to);
  ok(before !== after);
  return Uint8Array.from(after, (letter) => letter.charCodeAt(0));
}

Deno.test("duty 40: the passphrase opens a login, so that the attacks below mean something", async () => {
  await using stage = await setFakeStage();
  equal((await check(stage, await seal(stage))).code, 0);
});

for (const factor of [19, 20, 22, 30, 99]) {
  Deno.test(`duty 40: a header that asks for 2^${factor} rounds is refused at once`, async () => {
    await using stage = await setFakeStage();
    const box = edited(
      await seal(stage),
      /(-> scrypt \S+) 2\n/,
      `$1 ${factor}\n`,
    );
    const start = performance.now();
    const { code, stderr } = await check(stage, box);
    ok(performance.now() - start < 1000);
    equal(code, 3);
    match(stderr, /asks for more work than this program does/);
  });
}

for (const factor of ["1", "3", "02", "0", "-2", "2.5", "1e1", ""]) {
  Deno.test(`duty 40: a header whose work factor was changed to "${factor}" is refused`, async () => {
    await using stage = await setFakeStage();
    const box = edited(
      await seal(stage),
      /(-> scrypt \S+) 2\n/,
      `$1 ${factor}\n`,
    );
    equal((await check(stage, box)).code, 3);
  });
}

for (const version of ["v0", "v2", "v10", "V1", "v1 "]) {
  Deno.test(`duty 40: version "${version}" of the format is refused, and named`, async () => {
    await using stage = await setFakeStage();
    const box = edited(
      await seal(stage),
      /^age-encryption\.org\/v1/,
      `age-encryption.org/${version}`,
    );
    const { code, stderr } = await check(stage, box);
    equal(code, 3);
    match(
      stderr,
      /a version of the age format that this program does not know/,
    );
  });
}

Deno.test("duty 40: a login of another version of the program is refused", async () => {
  await using stage = await setFakeStage();
  for (const version of [0, 2, "1", null]) {
    const encrypter = new Encrypter();
    encrypter.setPassphrase(PASSPHRASE);
    encrypter.setScryptWorkFactor(2);
    const content = loginContent(stage.service.address, { version });
    const box = await encrypter.encrypt(JSON.stringify(content));
    const { code, stderr } = await check(stage, box);
    equal(code, 3);
    match(stderr, /not a login of this program version/);
  }
});

Deno.test("duty 40: a login that was put under the name of another address is refused", async () => {
  await using stage = await setFakeStage();
  const other = { ...stage.service, address: "http://127.0.0.1:1" };
  const { code, stderr } = await check(
    stage,
    await seal({ ...stage, service: other }),
  );
  equal(code, 3);
  match(stderr, /it was made for http:\/\/127\.0\.0\.1:1/);
});

Deno.test("duty 40: any byte flipped or cut off is refused with the passphrase too", async () => {
  await using stage = await setFakeStage();
  const box = await seal(stage);
  for (let at = 0; at < box.length; at++) {
    const flipped = box.slice();
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    for (const damaged of [flipped, box.slice(0, at)]) {
      const { code } = await check(stage, damaged);
      equal([at, code], [at, 3]);
    }
  }
  equal(stage.service.received, []);
});
