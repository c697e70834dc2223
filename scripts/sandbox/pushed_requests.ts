import { epochSeconds } from "./store.ts";
import type { OAuthError } from "./oauth_error.ts";

interface PushedRequest {
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly isPlain: boolean;
}

/** Authelia checks these only after the person has pressed Accept. */
export class PushedRequests {
  readonly lifeSeconds: number;
  /** By `state`, which the client makes for one request only. */
  readonly #byState = new Map<string, PushedRequest>();

  constructor(lifeSeconds: number) {
    this.lifeSeconds = lifeSeconds;
  }

  /** Remembers a request that was pushed; the form is made one that oidc-provider takes. */
  add(form: URLSearchParams): void {
    const isPlain = form.get("code_challenge_method") !== "S256" ||
      !form.has("code_challenge");
    if (isPlain) {
      form.set("code_challenge_method", "S256");
      form.set("code_challenge", "x".repeat(43));
    }
    const expiresAt = epochSeconds() + this.lifeSeconds;
    this.#byState.set(form.get("state") ?? "", { expiresAt, isPlain });
  }

  /** All that are there now are too old. */
  expire(): void {
    for (const [state, pushed] of this.#byState) {
      this.#byState.set(state, { ...pushed, expiresAt: 0 });
    }
  }

  /** Why Accept does not lead to a code; undefined when it does. */
  problemAtAccept(state: string | undefined): OAuthError | undefined {
    const pushed = this.#byState.get(state ?? "");
    if (pushed === undefined) return undefined;
    if (pushed.expiresAt <= epochSeconds()) {
      return {
        error: "invalid_request_uri",
        "error_description": "The request_uri is unknown or expired.",
      };
    }
    return pushed.isPlain
      ? {
        error: "invalid_request",
        "error_description": "The client must use PKCE with the method S256.",
      }
      : undefined;
  }
}
