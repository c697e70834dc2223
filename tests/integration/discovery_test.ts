import { deepStrictEqual as equal, match } from "node:assert/strict";
import type { Metadata, Sandbox } from "../../scripts/sandbox/types.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { standOf } from "../support/login.ts";
import { programFiles } from "../support/login_file.ts";
import { runProgram } from "../support/run_program.ts";
import { setStage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("sc-login and sc-logout work with a server that hides its metadata", async () => {
  await using stage = await setStage({ discovery: false });

  equal((await stage.logIn()).code, 0);
  equal((await stage.run(["sc-login", "--check"])).code, 0);
  equal((await stage.run(["sc-logout"])).code, 0);
  equal(stage.sandbox.counts.revocations, 2);
});

/** Metadata that must not be trusted, as a change of the honest one. */
type Lie = (honest: Metadata, sandbox: Sandbox) => unknown;

const change = (name: string, value: string): Lie => (honest) => ({
  ...honest,
  [name]: value,
});
const ENDPOINTS = [
  "authorization_endpoint",
  "token_endpoint",
  "pushed_authorization_request_endpoint",
  "revocation_endpoint",
];
const PLACES = [
  "https://evil.test/auth/api/oidc/x",
  "https://127.0.0.1/auth/api/oidc/x",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "--version",
  "https://x/$(calc)",
  "",
];

const LIES: Record<string, Lie> = {
  "another issuer": change("issuer", "https://evil.test/auth"),
  "an issuer with a slash at its end": ({ issuer, ...rest }) => ({
    ...rest,
    issuer: `${issuer}/`,
  }),
  "an issuer in capitals": ({ issuer, ...rest }) => ({
    ...rest,
    issuer: String(issuer).toUpperCase(),
  }),
  "no issuer": ({ issuer: _, ...rest }) => rest,
  "no pushed authorization requests": (
    { "pushed_authorization_request_endpoint": _, ...rest },
  ) => rest,
  "a list": (honest) => [honest],
  "a text": () => "metadata",
  ...Object.fromEntries(ENDPOINTS.flatMap((name) => [
    ...PLACES.map((place) => [`${name} ${place}`, change(name, place)]),
    [`${name} without TLS`, (honest: Metadata) => ({
      ...honest,
      [name]: String(honest[name]).replace("https:", "http:"),
    })],
    [`${name} with a user name`, (honest: Metadata) => ({
      ...honest,
      [name]: String(honest[name]).replace("https://", "https://demo:secret@"),
    })],
  ])),
};

Deno.test("sc-login trusts no metadata that leads elsewhere (duties 19, 26, 27)", async (t) => {
  await using sandbox = await startSandbox();
  for (const [name, lie] of Object.entries(LIES)) {
    await t.step(name, async () => {
      await using folder = await TemporaryFolder.make();
      sandbox.metadata = (honest) => lie(honest, sandbox) as Metadata;
      sandbox.requests.length = 0;
      const opened: string[] = [];
      const result = await runProgram(["sc-login", "--timeout", "1"], {
        home: folder.path,
        env: standOf(sandbox),
        browser: (url) => opened.push(url.href),
      });

      equal([result.code, result.stdout, opened], [4, "", []]);
      match(
        result.stderr,
        /^error: 127\.0\.0\.1:\d+ does not answer as StandCloud: .+\nhint: check the address; a proxy, or the sign-in page of the network, may have answered in its place\n$/,
      );
      equal(sandbox.requests.map(({ path }) => path), [
        "/auth/.well-known/openid-configuration",
      ]);
      equal(await programFiles(folder.path), []);
    });
  }
});

Deno.test("sc-login does not follow metadata that is somewhere else (duty 26)", async () => {
  await using stage = await setStage();
  const { sandbox } = stage;
  for (const status of [200, 204, 301, 302, 307, 403, 500]) {
    sandbox.requests.length = 0;
    sandbox.faults.push({
      match: (_, path) => path.includes(".well-known"),
      times: 1,
      action: {
        kind: "respond",
        status,
        headers: { location: `${sandbox.issuer}/` },
      },
    });
    const { code, stdout } = await stage.run(["sc-login", "--timeout", "1"]);

    equal([status, code, stdout, sandbox.requests.length], [status, 4, "", 1]);
  }
});
