import { deepStrictEqual as equal, match } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import {
  changeLogin,
  loginPath,
  readLogin,
  secondsLeft,
} from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage } from "../support/stage.ts";

Deno.test("sc-login does not repeat a login that works", async () => {
  await using stage = await setLoggedInStage();
  const { address, counts } = stage.sandbox;
  const before = await readLogin(stage.home, address);

  equal(await stage.run(["sc-login"]), {
    code: 0,
    stdout: `Already logged in to ${address} (--force logs in again)\n`,
    stderr: "",
  });
  equal(eventsOf(await stage.run(["sc-login", "--json"])), [{
    event: "logged_in",
    address,
    flow: "browser",
    "expires_at": before["expires_at"],
    scope: "offline_access authelia.bearer.authz",
    already: true,
    checked: true,
  }]);
  equal(counts.pushedAuthorizationRequests, 1);
});

Deno.test("sc-login --force repeats a login that works", async () => {
  await using stage = await setLoggedInStage();

  const { code, stdout } = await stage.logIn("--force");

  equal([code, stdout], [0, "Registration completed\n"]);
  equal(stage.sandbox.counts.codeGrants, 2);
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login --force revokes the tokens of the login that it replaces", async () => {
  await using stage = await setLoggedInStage();
  const { address, counts } = stage.sandbox;
  const old = await readLogin(stage.home, address);

  const { stderr } = await stage.logIn("--force", "--verbose");

  match(stderr, /\nThe tokens of the earlier login are revoked\n$/);
  equal(counts.revocations, 2);
  await changeLogin(stage.home, address, old);
  equal((await stage.run(["sc-login", "--check"])).code, 3);
});

Deno.test("sc-login with an API key revokes the tokens of the login that it replaces", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["the-key"] });

  const args = ["sc-login", "--api-key-file", "-"];
  const { code, stdout } = await stage.run(args, { stdin: "the-key" });

  equal([code, stdout], [0, "Registration completed\n"]);
  equal(stage.sandbox.counts.revocations, 2);
});

Deno.test("sc-login --force succeeds although the old tokens cannot be revoked", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.faults.push({
    match: (_, path) => path.endsWith("/revocation"),
    action: { kind: "respond", status: 400, body: "{}" },
  });

  const result = await stage.logIn("--force", "--verbose");

  equal([result.code, result.stdout], [0, "Registration completed\n"]);
  match(
    result.stderr,
    /\nThe tokens of the earlier login could not be revoked: /,
  );
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login renews a login in use instead of repeating it", async () => {
  await using stage = await setLoggedInStage();
  const { address, counts } = stage.sandbox;
  await changeLogin(stage.home, address, secondsLeft(1800));

  match((await stage.run(["sc-login"])).stdout, /^Already logged in/);
  equal([counts.pushedAuthorizationRequests, counts.refreshGrants], [1, 1]);
});

Deno.test("sc-login repeats a login that the server has ended", async () => {
  await using stage = await setLoggedInStage();
  stage.sandbox.revokeAllTokens();

  equal((await stage.logIn()).stdout, "Registration completed\n");
});

Deno.test("sc-login replaces a damaged login", async () => {
  await using stage = await setLoggedInStage();
  const path = loginPath(stage.home, stage.sandbox.address);
  await Deno.writeTextFile(path, "damaged");

  equal((await stage.logIn()).stdout, "Registration completed\n");
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login keeps the old login when the new one is denied", async () => {
  await using stage = await setLoggedInStage();
  const program = await stage.start(["sc-login", "--force", "--no-browser"]);
  const url = await program.output.find(/(https:\S+)/);
  await signIn(url, { caPem: stage.sandbox.caPem, decision: "deny" });

  equal((await program.result).code, 3);
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login --port listens at the first free one of the ports", async () => {
  await using stage = await setLoggedInStage();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  free.close();
  const ports = [taken.addr.port, free.addr.port];
  const args = ["sc-login", "--force", "--no-browser", "--json"];

  const program = await stage.start([...args, "--port", ports.join(",")]);
  const url = await program.output.find(/"url":"([^"]+)"/);
  await signIn(url, { caPem: stage.sandbox.caPem, decision: "accept" });
  const [pending = {}] = eventsOf(await program.result);

  equal(
    pending["redirect_uri"],
    `http://127.0.0.1:${free.addr.port}/oauth2/callback`,
  );
  const port = `${taken.addr.port}`;
  const refused = await stage.run(["sc-login", "--force", "--port", port]);
  equal([refused.code, refused.stdout], [2, ""]);
  match(
    refused.stderr,
    new RegExp(`^error: Port ${port} on 127\\.0\\.0\\.1 is taken`),
  );
});
