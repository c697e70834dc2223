import { deepStrictEqual as equal, notEqual } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";

Deno.test("refresh rotates both tokens and ends the old access token", async () => {
  await using sandbox = await startSandbox({ accessTokenSeconds: 60 });
  using stand = new Stand(sandbox);
  const first = await stand.logIn();

  const response = await stand.refresh(first.refresh_token, {
    audience: stand.api,
  });
  const second = await response.json();

  equal(response.status, 200);
  equal(second.expires_in, 60);
  notEqual(second.refresh_token, first.refresh_token);
  equal(await stand.healthStatus(first.access_token), 401);
  equal(await stand.healthStatus(second.access_token), 200);
  equal(sandbox.counts.refreshGrants, 1);
});

Deno.test("refresh with a used token ends the whole family", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const first = await stand.logIn();
  const second = await (await stand.refresh(first.refresh_token)).json();

  const reuse = await stand.refresh(first.refresh_token);
  const after = await stand.refresh(second.refresh_token);

  const { error, error_description: text } = await reuse.json();
  equal([reuse.status, error], [400, "invalid_grant"]);
  equal(Math.round(text.length / 10), 24);
  equal([after.status, (await after.json()).error], [400, "invalid_grant"]);
  equal(await stand.healthStatus(second.access_token), 401);
  equal(sandbox.counts.refusedTokenRequests, 2);
});

Deno.test("refresh by two at the same time is a reuse for one of them", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { refresh_token: token } = await stand.logIn();

  const answers = await Promise.all([
    stand.refresh(token),
    stand.refresh(token),
  ]);
  await Promise.all(answers.map((answer) => answer.body?.cancel()));

  equal(answers.map((answer) => answer.status).sort(), [200, 400]);
});

Deno.test("refresh for an audience that was not granted is refused, and the token stays good", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { refresh_token: token } = await stand.logIn();
  const audience = `https://${sandbox.address}/integration/api/v1`;

  const response = await stand.refresh(token, { audience });

  equal([response.status, (await response.json()).error], [
    400,
    "invalid_target",
  ]);
  equal(await refreshStatus(stand, token), 200);
});

Deno.test("revocation of the refresh token ends its access token", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const tokens = await stand.logIn();

  const response = await stand.revoke(tokens.refresh_token);

  equal([response.status, await response.text()], [200, ""]);
  equal(await stand.healthStatus(tokens.access_token), 401);
  equal(await refreshStatus(stand, tokens.refresh_token), 400);
  equal(sandbox.counts.revocations, 1);
});

Deno.test("revocation of the access token leaves the refresh token alive", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const tokens = await stand.logIn();

  const response = await stand.revoke(tokens.access_token, "access_token");

  equal([response.status, await response.text()], [200, ""]);
  equal(await stand.healthStatus(tokens.access_token), 401);
  equal(await refreshStatus(stand, tokens.refresh_token), 200);
});

Deno.test("revocation of an unknown token answers 200", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const response = await stand.revoke("authelia_rt_a.b");

  equal([response.status, await response.text()], [200, ""]);
});

Deno.test("revokeAllTokens() ends access and refresh tokens", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const tokens = await stand.logIn();

  sandbox.revokeAllTokens();

  equal(await stand.healthStatus(tokens.access_token), 401);
  equal(await refreshStatus(stand, tokens.refresh_token), 400);
});

Deno.test("expireAccessTokens() leaves the refresh token good", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const tokens = await stand.logIn();

  sandbox.expireAccessTokens();

  equal(await stand.healthStatus(tokens.access_token), 401);
  equal(await refreshStatus(stand, tokens.refresh_token), 200);
});

async function refreshStatus(stand: Stand, token?: string): Promise<number> {
  const response = await stand.refresh(token);
  await response.body?.cancel();
  return response.status;
}
