import assert from "node:assert/strict";
import { runFile } from "../support/runs.ts";
import { runBinary } from "../support/run_binary.ts";
import { setLoggedInStage } from "../support/stage.ts";

const isLinux = Deno.build.os === "linux";

/** As on a system without the package ca-certificates. */
const WITHOUT_STORE =
  `exec unshare --mount --map-root-user sh -c 'mount -t tmpfs none /etc/ssl && exec "$@"' sh "$@"`;

Deno.test({
  name:
    "upload works on a system that has no certificate authorities of its own",
  ignore: !isLinux,
  fn: async () => {
    await using stage = await setLoggedInStage();
    const options = {
      home: stage.home,
      env: {
        STANDCLOUD_ADDRESS: stage.sandbox.address,
        STANDCLOUD_CA_FILE: stage.sandbox.caFile,
      },
      shell: WITHOUT_STORE,
    };
    const run = runFile("minimum.jsonloader");
    const { code, stderr } = await runBinary(["upload", run], options);
    assert.deepEqual([code, stage.sandbox.reports.length], [0, 1], stderr);

    // Without its authority it is still refused, and a named file must be there.
    const { STANDCLOUD_ADDRESS } = options.env;
    const stranger = await runBinary(["sc-login", "--check"], {
      ...options,
      env: { STANDCLOUD_ADDRESS },
    });
    assert.equal(stranger.code, 4);
    const missing = await runBinary(["sc-login", "--check"], {
      ...options,
      env: { STANDCLOUD_ADDRESS, SSL_CERT_FILE: "/nowhere/ca.pem" },
    });
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /Cannot load the certificate authorities/);
  },
});
