import assert from "node:assert/strict";
import { startChild } from "./child.ts";

Deno.test("processEnvironment() moves secrets out of the environment, so that no child inherits them", async () => {
  await using child = startChild("print_environment.ts", {
    env: {
      "STANDCLOUD_API_KEY": "canary-key",
      "HARDPY_SC_API_KEY": "canary-key-of-hardpy",
      "STANDCLOUD_PASSPHRASE": "",
      "STANDCLOUD_ADDRESS": "demo.standcloud.io",
      "STANDCLOUD_HOME": "",
      "DENO_TLS_CA_STORE": "",
    },
  });
  assert.deepEqual(JSON.parse(await child.line() ?? ""), {
    apiKey: "canary-key",
    hardpyKey: "canary-key-of-hardpy",
    passphrase: null,
    empty: ["STANDCLOUD_PASSPHRASE"],
    address: "demo.standcloud.io",
    emptyHome: null,
  });
  const inherited = JSON.parse(await child.line() ?? "");
  assert.equal(inherited["STANDCLOUD_API_KEY"], undefined);
  assert.equal(inherited["HARDPY_SC_API_KEY"], undefined);
  assert.equal(inherited["STANDCLOUD_PASSPHRASE"], undefined);
  assert.ok(!JSON.stringify(inherited).includes("canary-key"));
  // Not lost with them: what Deno needs to trust a company's authority.
  assert.equal(inherited["DENO_TLS_CA_STORE"], "system,mozilla");
  assert.equal((await child.status).code, 0);
});
