import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { runBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const ADDRESS_HINT =
  "hint: give the bare host that HardPy takes, for example: demo.standcloud.io";

/** Addresses that cannot be one: exit 2. */
const ADDRESSES: Record<string, string> = {
  "demo.standcloud.io/auth":
    'Invalid address "demo.standcloud.io/auth": it has a path',
  "https://demo.standcloud.io/?x":
    'Invalid address "https://demo.standcloud.io/?x": it has a path',
  "demo:secret@demo.standcloud.io": "Invalid address: it holds a user name",
  "https://demo:secret@demo.standcloud.io":
    "Invalid address: it holds a user name",
  "http://demo.standcloud.io":
    'Invalid address "http://demo.standcloud.io": http:// would send the login unencrypted',
  "http://192.168.0.1":
    'Invalid address "http://192.168.0.1": http:// would send the login unencrypted',
  "ftp://demo.standcloud.io":
    'Invalid address "ftp://demo.standcloud.io": ftp:// is not https://',
  "demo standcloud": 'Invalid address "demo standcloud": it is not a host name',
  "../../etc": 'Invalid address "../../etc": ',
  "": 'Invalid address "": it is not a host name',
};

for (const [address, message] of Object.entries(ADDRESSES)) {
  Deno.test(`sc-login to the address "${address}" ends with exit 2`, async () => {
    await using folder = await TemporaryFolder.make();
    const result = await runBinary(["sc-login", address], {
      home: folder.path,
    });

    equal([result.code, result.stdout], [2, ""]);
    const [error = "", hint] = result.stderr.split("\n");
    ok(error.startsWith(`error: ${message}`), result.stderr);
    equal(hint, ADDRESS_HINT);
    ok(!result.stderr.includes("secret"), result.stderr);
  });
}

Deno.test("sc-login to an unknown host ends with exit 4", async () => {
  await using folder = await TemporaryFolder.make();

  equal(await runBinary(["sc-login", "nope.invalid"], { home: folder.path }), {
    code: 4,
    stdout: "",
    stderr: [
      "error: Cannot reach nope.invalid: the host name is unknown",
      "hint: check the address for typing errors, and the DNS settings",
      "hint: run: standcloud doctor nope.invalid",
      "",
    ].join("\n"),
  });
});

const AUTHORITY = "StandCloud sandbox CA (Sandbox)";

Deno.test("sc-login to a server with a certificate of an unknown authority ends with exit 4 (duty 28)", async () => {
  await using sandbox = await startSandbox();
  await using folder = await TemporaryFolder.make();
  const { address } = sandbox;

  equal(await runBinary(["sc-login", address], { home: folder.path }), {
    code: 4,
    stdout: "",
    stderr: [
      `error: Cannot trust ${address}: the certificate is signed by an unknown authority ("${AUTHORITY}")`,
      `hint: behind a proxy or a private authority, give the certificate of "${AUTHORITY}": --ca-file PATH`,
      "",
    ].join("\n"),
  });
  // What looks at the certificate that was refused.
  equal(
    sandbox.requests.map(({ method, path, bearer }) => [method, path, bearer]),
    [["HEAD", "/", false]],
  );
});

Deno.test("--ca-file without a certificate ends with exit 2", async () => {
  await using folder = await TemporaryFolder.make();
  const caFile = await folder.write("ca.pem", "no certificate");
  const args = ["sc-login", "demo.standcloud.io", "--ca-file", caFile];

  equal(await runBinary(args, { home: folder.path }), {
    code: 2,
    stdout: "",
    stderr:
      `error: "${caFile}" holds no certificate in PEM form\nhint: it must have a line -----BEGIN CERTIFICATE-----\n`,
  });
});

const BROKEN_CERTIFICATE =
  "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";

Deno.test("--ca-file with a broken certificate ends with exit 2", async () => {
  await using folder = await TemporaryFolder.make();
  const caFile = await folder.write("ca.pem", BROKEN_CERTIFICATE);
  const args = ["sc-login", "127.0.0.1:9", "--ca-file", caFile];
  const { code, stdout, stderr } = await runBinary(args, { home: folder.path });

  equal([code, stdout], [2, ""]);
  ok(
    /^error: Cannot load the certificate authorities: .+\nhint: check --ca-file,/
      .test(stderr),
    stderr,
  );
});

/** Texts of a hardpy.toml and the complaint about it. */
const SETTINGS: Record<string, [text: string, complaint: string]> = {
  "a number as address": [
    '[database]\nuser = "dev"\n\n[stand_cloud]\napi_key = "CANARY"\naddress = 5\n',
    "6:1: address of [stand_cloud] must be a text in quotes",
  ],
  "a text as autosync": [
    '[stand_cloud]\naddress = "x"\n  autosync = "yes"\n',
    "3:3: autosync of [stand_cloud] must be true or false",
  ],
  "a fraction as autosync_timeout": [
    "[stand_cloud]\nautosync_timeout = 1.5\n",
    "2:1: autosync_timeout of [stand_cloud] must be a whole number of minutes",
  ],
  "a list as section": [
    "stand_cloud = [1]\n",
    "1:1: [stand_cloud] must be a table",
  ],
  "a broken line beside the key": [
    '[stand_cloud]\napi_key = "CANARY\naddress = "x"\n',
    "2:",
  ],
  "a key given twice": [
    '[stand_cloud]\napi_key = "CANARY"\napi_key = "CANARY"\n',
    "3:",
  ],
  "nothing but brackets": ["[[[[", "1:"],
};

for (const [name, [text, complaint]] of Object.entries(SETTINGS)) {
  Deno.test(`sc-login with ${name} in hardpy.toml ends with exit 2`, async () => {
    await using folder = await TemporaryFolder.make();
    const path = await folder.write("hardpy.toml", text);
    const options = { home: folder.join("home"), cwd: folder.path };

    const named = await runBinary(["sc-login", "--config", path], options);
    const here = await runBinary(["sc-login"], options);

    for (
      const [result, shown] of [[named, path], [here, "hardpy.toml"]] as const
    ) {
      equal([result.code, result.stdout], [2, ""]);
      const [error = "", hint] = result.stderr.split("\n");
      ok(error.startsWith(`error: ${shown}:${complaint}`), error);
      equal(
        hint,
        "hint: mend the file, or name another one with --config PATH",
      );
      ok(!result.stderr.includes("CANARY"), result.stderr);
    }
  });
}

/** What the parser of the command line refuses. */
const USAGES: Record<string, string[]> = {
  "no such command": ["uplod", "x.json"],
  "no such flag": ["sc-login", "--insecure"],
  "no path": ["upload"],
  "no number": ["upload", "--concurrency", "many", "x.json"],
  "an argument too many": ["status", "demo"],
  "a port that cannot be": ["sc-login", "--port", "70000"],
  "an address and --all": ["sc-logout", "--all", "demo.standcloud.io"],
};

for (const [name, args] of Object.entries(USAGES)) {
  Deno.test(`a command line with ${name} ends with exit 2`, async () => {
    await using folder = await TemporaryFolder.make();
    const text = await runBinary(args, { home: folder.path });
    const json = await runBinary([...args, "--json"], { home: folder.path });

    equal([text.code, text.stdout], [2, ""]);
    ok(/^error: .+\n/.test(text.stderr), text.stderr);
    ok(!/\n\s+at /.test(text.stderr), text.stderr);
    equal([json.code, json.stderr], [2, ""]);
    const event = JSON.parse(json.stdout);
    equal([event["event"], event["exit_code"]], ["error", 2]);
  });
}
