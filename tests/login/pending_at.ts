import type { PendingAuthorization } from "../../src/standcloud/authorization_code.ts";
import { Secret } from "../../src/system/secret.ts";

export const STATE = "s".repeat(43);

/** An authorization request that was pushed. */
export function pendingAt(
  redirectUri: string,
  state = STATE,
): PendingAuthorization {
  return {
    url: new URL("https://demo.standcloud.io/auth"),
    redirectUri,
    state: new Secret(state),
    codeVerifier: new Secret("verifier"),
    expiresIn: 300,
  };
}
