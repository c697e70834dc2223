import { deepStrictEqual as equal, match } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { client, scope, Stand } from "./client.ts";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

async function post(
  stand: Stand,
  path: string,
  form: Record<string, string>,
): Promise<Record<string, string>> {
  const body = new URLSearchParams({ "client_id": client.client_id, ...form });
  return await (await stand.request(`/auth/api/oidc/${path}`, {
    method: "POST",
    body,
  })).json();
}

function start(stand: Stand): Promise<Record<string, string>> {
  return post(stand, "device-authorization", { scope, audience: stand.api });
}

function poll(stand: Stand, code = ""): Promise<Record<string, string>> {
  return post(stand, "token", {
    "grant_type": deviceGrant,
    "device_code": code,
  });
}

Deno.test("device authorization answers with Authelia's page and interval", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const answer = await start(stand);

  const page = `${sandbox.issuer}/consent/openid/device-authorization`;
  equal(answer["verification_uri"], page);
  equal(
    answer["verification_uri_complete"],
    `${page}?user_code=${answer["user_code"]}`,
  );
  match(answer["user_code"] ?? "", /^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
  equal([answer["expires_in"], answer["interval"]], [600, 10]);
});

Deno.test("device login ends in tokens after Accept", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { device_code: code, verification_uri_complete: url = "" } =
    await start(stand);

  const before = await poll(stand, code);
  const page = await signIn(url, { caPem: sandbox.caPem, decision: "accept" });
  const after = await poll(stand, code);

  equal(before["error"], "authorization_pending");
  match(page.body, /Accepted/);
  equal(await stand.healthStatus(after["access_token"] ?? ""), 200);
  match(after["refresh_token"] ?? "", /^authelia_rt_/);
  equal(sandbox.counts.deviceGrants, 1);
});

Deno.test("device login ends in access_denied after Deny", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { device_code: code, verification_uri_complete: url = "" } =
    await start(stand);

  const page = await signIn(url, { caPem: sandbox.caPem, decision: "deny" });
  const after = await poll(stand, code);

  match(page.body, /denied/);
  equal(after["error"], "access_denied");
});
