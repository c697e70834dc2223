import type { HttpAnswer } from "../../src/system/http_client.ts";
import type { Address } from "../../src/standcloud/address.ts";
import type { Service } from "../../src/standcloud/service.ts";
import {
  type FakeHttpClient,
  fakeHttpClient,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";

const OIDC = `${address.issuer}/api/oidc`;

export const DISCOVERY =
  `GET ${address.issuer}/.well-known/openid-configuration`;
export const TOKEN = `POST ${OIDC}/token`;
export const PUSH = `POST ${OIDC}/pushed-authorization-request`;
export const DEVICE = `POST ${OIDC}/device-authorization`;
export const REVOKE = `POST ${OIDC}/revocation`;
export const HEALTH = `GET ${address.apiBase}/healthcheck`;
export const REPORT = `POST ${address.apiBase}/test_report`;

/** What Authelia publishes about itself, as far as we look at it. */
export const metadata: Readonly<Record<string, unknown>> = {
  issuer: address.issuer,
  "authorization_endpoint": `${OIDC}/authorization`,
  "token_endpoint": `${OIDC}/token`,
  "pushed_authorization_request_endpoint":
    `${OIDC}/pushed-authorization-request`,
  "revocation_endpoint": `${OIDC}/revocation`,
  "device_authorization_endpoint": `${OIDC}/device-authorization`,
  "authorization_response_iss_parameter_supported": true,
};

/** StandCloud as `demo.standcloud.io`, played by prepared answers. */
export interface FakeService extends Service, Disposable {
  readonly address: Address;
  readonly http: FakeHttpClient;
  /** A request of the sign-in service: its metadata is asked for first. */
  prepareOAuth(request: string, ...answers: PreparedAnswer[]): FakeHttpClient;
}

export function fakeService(): FakeService {
  const http = fakeHttpClient();
  return {
    address,
    http,
    prepareOAuth: (request, ...answers) =>
      http.prepare(DISCOVERY, jsonAnswer(200, metadata))
        .prepare(request, ...answers),
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

/** A token endpoint's answer. */
export function tokenAnswer(
  changes: Record<string, unknown> = {},
): HttpAnswer {
  return jsonAnswer(200, {
    "access_token": "access-2",
    "refresh_token": "refresh-2",
    "token_type": "bearer",
    "expires_in": 3600,
    scope: "offline_access authelia.bearer.authz",
    ...changes,
  });
}
