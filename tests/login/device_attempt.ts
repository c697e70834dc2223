import { logInWithDevice } from "../../src/login/device_login.ts";
import type { KeptLogin } from "../../src/login/keep_login.ts";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { DEVICE, type FakeService, TOKEN } from "../standcloud/fake_service.ts";
import {
  answer,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { type FakeSystem, fakeSystem } from "../system/fake_system.ts";
import {
  type FakeTokenStore,
  fakeTokenStore,
} from "../tokens/fake_token_store.ts";
import { address } from "../tokens/logins.ts";

export const PAGE = `${address.issuer}/consent/openid/device-authorization`;
/** The answer to a device authorization request. */
export const started = (
  changes: Record<string, unknown> = {},
): HttpAnswer =>
  jsonAnswer(200, {
    "device_code": "device-code",
    "user_code": "BCDFGHJK",
    "verification_uri": PAGE,
    "verification_uri_complete": `${PAGE}?user_code=BCDFGHJK`,
    "expires_in": 600,
    interval: 10,
    ...changes,
  });
export const refusal = (error: string, status = 400): HttpAnswer =>
  jsonAnswer(status, { error, "error_description": "why" });
export const PENDING = refusal("authorization_pending");
export const HTML = answer(200, "<html>", { "content-type": "text/html" });
export const OFFLINE = new HttpFailure("connection", "The connection failed");

export interface Attempt {
  readonly login: Promise<KeptLogin>;
  readonly system: FakeSystem;
  readonly store: FakeTokenStore;
  readonly troubles: string[];
}

export function attempt(
  service: FakeService,
  { timeoutSeconds = 900, store = fakeTokenStore() } = {},
): Attempt {
  const system = fakeSystem("/nowhere");
  const troubles: string[] = [];
  const login = logInWithDevice(system, service, {
    store,
    timeoutSeconds,
    onPending: () => {},
    onTrouble: ({ message }) => void troubles.push(message),
  });
  return { login, system, store, troubles };
}

/** A service whose token endpoint answers so. */
export function polled(
  service: FakeService,
  answers: PreparedAnswer[],
  changes?: Record<string, unknown>,
): void {
  service.prepareOAuth(DEVICE, started(changes)).prepare(TOKEN, ...answers);
}
