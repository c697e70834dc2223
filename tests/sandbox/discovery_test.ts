import { deepStrictEqual as equal } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";

const documents = [
  "/auth/.well-known/openid-configuration",
  "/auth/.well-known/oauth-authorization-server",
];

for (const path of documents) {
  Deno.test(`${path} names Authelia's endpoints`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);
    const { issuer } = sandbox;

    const metadata = await (await stand.request(path)).json();

    equal(issuer, `https://${sandbox.address}/auth`);
    equal(metadata.issuer, issuer);
    equal(metadata.authorization_endpoint, `${issuer}/api/oidc/authorization`);
    equal(metadata.token_endpoint, `${issuer}/api/oidc/token`);
    equal(metadata.revocation_endpoint, `${issuer}/api/oidc/revocation`);
    equal(metadata.jwks_uri, `${issuer}/jwks.json`);
    equal(
      metadata.pushed_authorization_request_endpoint,
      `${issuer}/api/oidc/pushed-authorization-request`,
    );
    equal(
      metadata.device_authorization_endpoint,
      `${issuer}/api/oidc/device-authorization`,
    );
    equal(metadata.require_pushed_authorization_requests, false);
    equal(metadata.introspection_endpoint, `${issuer}/api/oidc/introspection`);
    equal(metadata.authorization_response_iss_parameter_supported, true);
    equal(metadata.code_challenge_methods_supported, ["S256"]);
    equal(metadata.scopes_supported.includes("authelia.bearer.authz"), false);
  });

  Deno.test(`${path} answers 400 to another host name, as Authelia`, async () => {
    await using sandbox = await startSandbox();
    using http = Deno.createHttpClient({
      caCerts: [sandbox.caPem],
      http2: false,
      allowHost: true,
    });

    const response = await fetch(`https://${sandbox.address}${path}`, {
      headers: { host: "other.example" },
      client: http,
    });
    await response.body?.cancel();

    equal(response.status, 400);
  });

  Deno.test(`${path} answers 404 with discovery switched off`, async () => {
    await using sandbox = await startSandbox({ discovery: false });
    using stand = new Stand(sandbox);

    const response = await stand.request(path);
    await response.body?.cancel();
    const pushed = await stand.push();
    await pushed.body?.cancel();

    equal([response.status, pushed.status], [404, 201]);
  });

  Deno.test(`${path} is what the metadata hook makes of it`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);
    sandbox.metadata = (metadata) => ({
      ...metadata,
      issuer: "https://evil.example",
    });

    const { issuer, token_endpoint: endpoint } =
      await (await stand.request(path)).json();

    equal([issuer, endpoint], [
      "https://evil.example",
      `${sandbox.issuer}/api/oidc/token`,
    ]);
  });
}
