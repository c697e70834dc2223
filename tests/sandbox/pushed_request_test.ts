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
      "another audience",
      { audience: "https://127.0.0.1/x" },
      400,
      "invalid_target",
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
    [
      "a request_uri of its own",
      { "request_uri": "urn:x" },
      400,
      "invalid_request",
    ],
    [
      "a response mode that is not registered",
      { "response_mode": "query" },
      400,
      "unsupported_response_mode",
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

Deno.test("a pushed authorization request lives as long as pushedRequestSeconds says", async () => {
  await using sandbox = await startSandbox({ pushedRequestSeconds: 7 });
  using stand = new Stand(sandbox);

  equal((await (await stand.push()).json()).expires_in, 7);
});

const lateProblems: [
  what: string,
  parameters: Record<string, string>,
  isLate: boolean,
  error: string,
][] = [
  ["after the pushed request has expired", {}, true, "invalid_request_uri"],
  [
    "of a pushed request with plain PKCE",
    { "code_challenge_method": "plain" },
    false,
    "invalid_request",
  ],
];

for (const [what, parameters, isLate, error] of lateProblems) {
  Deno.test(`Accept ${what} leads to the redirect URI with ${error} and the state, as Authelia`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);
    const { parameters: answer } = await stand.authorize({
      parameters,
      beforeDecision: () => {
        if (isLate) sandbox.expirePushedRequests();
      },
    });

    equal([answer.get("error"), answer.get("state")], [error, stand.state]);
  });
}

Deno.test("a pushed request that has expired cannot be opened", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { request_uri: requestUri } = await (await stand.push()).json();
  sandbox.expirePushedRequests();

  match((await stand.visit(requestUri)).body, /invalid_request_uri/);
});
