import { deepStrictEqual as equal, match } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";

Deno.test("pushed authorization request answers 201 and lives 300 seconds", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const response = await stand.push();
  const body = await response.json();

  equal(response.status, 201);
  equal(body.expires_in, 300);
  match(body.request_uri, /^urn:ietf:params:oauth:request_uri:/);
  equal(response.headers.get("cache-control"), "no-store");
});

const refusals: [string, Record<string, string | undefined>, number, string][] =
  [
    [
      "no code_challenge",
      { "code_challenge": undefined },
      400,
      "invalid_request",
    ],
    [
      "plain PKCE",
      { "code_challenge_method": "plain" },
      400,
      "invalid_request",
    ],
    [
      "another audience",
      { audience: "https://127.0.0.1/x" },
      400,
      "invalid_request",
    ],
    [
      "another redirect path",
      { "redirect_uri": "http://127.0.0.1:1/x" },
      400,
      "invalid_request",
    ],
    [
      "a localhost redirect",
      { "redirect_uri": "http://localhost:1/oauth2/callback" },
      400,
      "invalid_request",
    ],
    ["an unknown scope", { scope: "openid" }, 400, "invalid_scope"],
    ["a short state", { state: "1234567" }, 400, "invalid_state"],
    ["an unknown client", { "client_id": "stranger" }, 401, "invalid_client"],
  ];

for (const [what, changes, status, error] of refusals) {
  Deno.test(`pushed authorization request with ${what} is refused with ${error}`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);

    const response = await stand.push(changes);

    equal([response.status, (await response.json()).error], [status, error]);
    equal(sandbox.counts.pushedAuthorizationRequests, 0);
  });
}
