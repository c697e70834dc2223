import type { Secret } from "../system/secret.ts";

/** What a token endpoint gave (RFC 6749 section 5.1). */
export interface TokenSet {
  readonly accessToken: Secret;
  readonly refreshToken: Secret | undefined;
  readonly tokenType: string;
  /** Seconds the access token lives; undefined when the server does not say. */
  readonly expiresIn: number | undefined;
  readonly scope: string;
}
