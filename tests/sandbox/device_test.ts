import {
  deepStrictEqual as equal,
  doesNotMatch,
  match,
} from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { signIn, type SignInResult } from "../../scripts/sandbox/sign_in.ts";
import { client, scope, Stand } from "./client.ts";

const deviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

async function send(
  stand: Stand,
  path: string,
  form: Record<string, string>,
): Promise<Response> {
  const body = new URLSearchParams({ "client_id": client.client_id, ...form });
  return await stand.request(`/auth/api/oidc/${path}`, {
    method: "POST",
    body,
  });
}

async function post(
  ...request: Parameters<typeof send>
): Promise<Record<string, string>> {
  return await (await send(...request)).json();
}

function start(stand: Stand): Promise<Record<string, string>> {
  return post(stand, "device-authorization", { scope, audience: stand.api });
}

function pollForm(code: string): Record<string, string> {
  return { "grant_type": deviceGrant, "device_code": code };
}

function poll(stand: Stand, code = ""): Promise<Record<string, string>> {
  return post(stand, "token", pollForm(code));
}

async function pollStatus(
  stand: Stand,
  code: string,
): Promise<[status: number, error: string]> {
  const answer = await send(stand, "token", pollForm(code));
  return [answer.status, (await answer.json()).error];
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
  equal([answer["expires_in"], answer["interval"]], [599, 10]);
});

/** A device login as far as the person's decision. */
async function decided(
  stand: Stand,
  decision: "accept" | "deny",
): Promise<{ code: string; page: SignInResult }> {
  const { device_code: code = "", verification_uri_complete: url = "" } =
    await start(stand);
  equal((await poll(stand, code))["error"], "authorization_pending");
  const { caPem } = stand.sandbox;
  return { code, page: await signIn(url, { caPem, decision }) };
}

async function accepted(stand: Stand): Promise<Record<string, string>> {
  const { code, page } = await decided(stand, "accept");
  match(page.body, /Accepted/);
  return await poll(stand, code);
}

Deno.test("device login with deviceAudience: granted ends in tokens that the API accepts", async () => {
  await using sandbox = await startSandbox({ deviceAudience: "granted" });
  using stand = new Stand(sandbox);

  const tokens = await accepted(stand);

  equal(await stand.healthStatus(tokens["access_token"] ?? ""), 200);
  match(tokens["refresh_token"] ?? "", /^authelia_rt_/);
  equal(sandbox.counts.deviceGrants, 1);
});

Deno.test("device login ends in tokens that no renewal brings to the API, as Authelia 4.39.20", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { access_token: token = "", refresh_token: refreshToken } =
    await accepted(stand);
  const audience = stand.api;

  equal(await stand.healthStatus(token), 401);
  const refused = await stand.refresh(refreshToken, { audience });
  const renewed = await stand.refresh(refreshToken);
  equal([refused.status, (await refused.json()).error], [
    400,
    "invalid_target",
  ]);
  equal(renewed.status, 200);
  equal(await stand.healthStatus((await renewed.json()).access_token), 401);
});

Deno.test("device login with deviceAudience: on_refresh is mended by a renewal with the audience, as Authelia 4.39.16", async () => {
  await using sandbox = await startSandbox({ deviceAudience: "on_refresh" });
  using stand = new Stand(sandbox);
  const first = await accepted(stand);
  const audience = stand.api;

  const plain = await (await stand.refresh(first["refresh_token"])).json();
  equal(await stand.healthStatus(plain.access_token), 401);
  const second = await stand.refresh(plain.refresh_token, { audience });
  equal(await stand.healthStatus((await second.json()).access_token), 200);
});

for (const deviceErrors of ["authelia", "standard"] as const) {
  const isStandard = deviceErrors === "standard";
  const last = isStandard ? [400, "access_denied"] : [500, "server_error"];

  Deno.test(`device login that was denied ends in ${last[1]} (${deviceErrors})`, async () => {
    await using sandbox = await startSandbox({ deviceErrors });
    using stand = new Stand(sandbox);
    const { code, page } = await decided(stand, "deny");

    match(page.body, /denied/);
    doesNotMatch(page.body, /<form|<input|<button/);
    equal(await pollStatus(stand, code), last);
    if (!isStandard) equal(await pollStatus(stand, code), last);
  });
}

Deno.test("device code that was used, or is unknown, is answered with server_error, as Authelia", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { code } = await decided(stand, "accept");

  equal((await pollStatus(stand, code))[0], 200);
  equal(await pollStatus(stand, code), [500, "server_error"]);
  equal(await pollStatus(stand, "authelia_dc_a.b"), [500, "server_error"]);
});

Deno.test("device code that is polled too fast, or has expired, stays pending, as Authelia", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { device_code: code } = await start(stand);
  const polls = await Promise.all([1, 2, 3, 4].map(() => poll(stand, code)));
  equal(
    polls.map(({ error }) => error),
    Array(4).fill("authorization_pending"),
  );
  sandbox.expireDeviceCodes();
  equal(await pollStatus(stand, code ?? ""), [400, "authorization_pending"]);
});

Deno.test("device authorization for a scope that is not allowed is refused without a reason, as Authelia", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  equal(await post(stand, "device-authorization", { scope: "openid" }), {});
});

Deno.test("the pages of the complete URL never show the code", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { user_code: code = "", verification_uri_complete: url = "" } =
    await start(stand);

  // The first page only sends the code on; this is the one that a person sees.
  const { body } = await signIn(url, {
    caPem: sandbox.caPem,
    decision: "accept",
    password: "wrong",
  });
  doesNotMatch(body, new RegExp(code));
});
