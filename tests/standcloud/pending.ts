import {
  type AuthorizationServer,
  discoverAuthorizationServer,
} from "../../src/standcloud/authorization_server.ts";
import type { PendingAuthorization } from "../../src/standcloud/authorization_code.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { jsonAnswer } from "../system/fake_http_client.ts";
import { type FakeService, PUSH } from "./fake_service.ts";

export const REDIRECT = "http://127.0.0.1:8400/oauth2/callback";
export const pushed: HttpAnswer = jsonAnswer(201, {
  "request_uri": "urn:ietf:params:oauth:request_uri:abc",
  "expires_in": 300,
});

/** An authorization request that was pushed, and its server. */
export async function pending(
  service: FakeService,
): Promise<[AuthorizationServer, PendingAuthorization]> {
  service.prepareOAuth(PUSH, pushed);
  const server = await discoverAuthorizationServer(service);
  return [server, await server.pushAuthorizationRequest(REDIRECT)];
}
