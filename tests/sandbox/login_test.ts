import {
  deepStrictEqual as equal,
  match,
  ok,
  rejects,
} from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { scope, Stand } from "./client.ts";

Deno.test("startSandbox() issues tokens to a whole login", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const tokens = await stand.logIn();

  match(tokens.access_token, /^authelia_at_[\w-]+\.[\w-]+$/);
  match(tokens.refresh_token ?? "", /^authelia_rt_[\w-]+\.[\w-]+$/);
  equal(tokens.token_type, "bearer");
  equal(tokens.expires_in, 3600);
  equal(tokens.scope, scope);
  equal(await stand.healthStatus(tokens.access_token), 200);
  equal(sandbox.counts, {
    pushedAuthorizationRequests: 1,
    codeGrants: 1,
    refreshGrants: 0,
    deviceGrants: 0,
    revocations: 0,
    refusedTokenRequests: 0,
  });
});

Deno.test("startSandbox() answers an authorization with state and iss", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const { parameters, page } = await stand.authorize();

  equal(page.status, 200);
  equal(page.body, "You may close this page.");
  equal([...new URL(page.finalUrl).searchParams.keys()], [
    "code",
    "iss",
    "scope",
    "state",
  ]);
  equal(parameters.get("scope"), scope);
  equal(parameters.get("iss"), sandbox.issuer);
  equal(parameters.get("state"), stand.state);
  match(parameters.get("code") ?? "", /^authelia_ac_/);
});

Deno.test("startSandbox() posts the authorization response as a form if asked", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const tokens = await stand.logIn({ "response_mode": "form_post" });

  equal(await stand.healthStatus(tokens.access_token), 200);
});

Deno.test("startSandbox() tells the client when the user presses Deny", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const { parameters } = await stand.authorize({ decision: "deny" });

  equal(parameters.get("error"), "access_denied");
  equal(parameters.get("state"), stand.state);
  equal(parameters.get("iss"), sandbox.issuer);
  equal(parameters.get("code"), null);
});

Deno.test("startSandbox() shows an error for a wrong password and does not redirect", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const { parameters, page } = await stand.authorize({ password: "wrong" });

  equal(page.status, 401);
  match(page.body, /Incorrect username or password/);
  equal(parameters.get("code"), null);
});

Deno.test("startSandbox() keeps an earlier login when the stand logs in again", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const first = await stand.logIn();
  const second = await stand.logIn();

  equal(await stand.healthStatus(first.access_token), 200);
  equal(await stand.healthStatus(second.access_token), 200);
});

Deno.test("startSandbox() shows a page for an unknown request_uri and does not redirect", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const { status, body } = await stand.visit(
    "urn:ietf:params:oauth:request_uri:unknown",
  );

  equal(status, 400);
  ok(body.includes("invalid_request_uri"));
});

Deno.test("startSandbox() takes a request_uri only once", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { request_uri: requestUri } = await (await stand.push()).json();
  // Nobody listens at the redirect URI of push().
  await rejects(stand.visit(requestUri), /127\.0\.0\.1:1/);

  const { status, body } = await stand.visit(requestUri);

  equal(status, 400);
  ok(body.includes("invalid_request_uri"));
});
