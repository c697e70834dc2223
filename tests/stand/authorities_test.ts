import assert from "node:assert/strict";
import { readAuthorities } from "../../src/stand/authorities.ts";
import { appError } from "../system/errors.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const PEM = "-----BEGIN CERTIFICATE-----\n";

Deno.test("readAuthorities() reads the file of the flag, then that of the variable", async () => {
  await using folder = await TemporaryFolder.make();
  const given = await folder.write("given.pem", `${PEM}given`);
  const named = await folder.write("named.pem", `${PEM}named`);
  const variables = { STANDCLOUD_CA_FILE: named };
  const system = fakeSystem(folder.path, { variables });
  assert.deepEqual(await readAuthorities(system, given), [`${PEM}given`]);
  assert.deepEqual(await readAuthorities(system, undefined), [`${PEM}named`]);
});

Deno.test("readAuthorities() refuses a SSL_CERT_FILE for which the runtime would take all memory (duty 53)", async () => {
  await using folder = await TemporaryFolder.make();
  const path = await folder.write("sparse.pem", PEM);
  const system = fakeSystem(folder.path, {
    variables: { SSL_CERT_FILE: path },
  });
  assert.deepEqual(await readAuthorities(system, undefined), []);
  await Deno.truncate(path, 3 * 1024 ** 3);
  await assert.rejects(
    readAuthorities(system, undefined),
    appError("input_unreadable", /SSL_CERT_FILE is too large/),
  );
});
