import type { Secret } from "../system/secret.ts";
import type { Service } from "../standcloud/service.ts";
import {
  isHarmless,
  isUnwritable,
  notRenewed,
  notRenewedYet,
  refusedKey,
} from "./bearer_errors.ts";
import {
  CurrentLogin,
  type CurrentLoginOptions,
  type NamedKey,
} from "./current_login.ts";
import type { Login, OAuthLogin } from "./login.ts";
import {
  IDLE_PART,
  renewalNeed,
  renewalPause,
  type Use,
  USE_PART,
} from "./renewal_need.ts";

export type { NamedKey };

/** A renewal that failed is not tried again at once: thousands of uploads would each wait for it. */
const FAILURE_MILLISECONDS = 10_000;

export interface BearerOptions extends CurrentLoginOptions {
  /** Used instead of any stored login. */
  readonly apiKey?: NamedKey | undefined;
  /** Told once in words: a renewal failed, and the access token is used as it is. */
  onNotRenewed?(message: string): void;
}

/**
 * Gives the bearer token for the next request. It is renewed when more than a
 * tenth of its life is gone; if that fails, the old one is given as long as it
 * works. A token the server refused is passed back as `rejected` and is never
 * given again.
 *
 * @throws `not_logged_in`, `login_ended` when only a new login helps.
 */
export interface BearerSource {
  (rejected?: Secret): Promise<Secret>;
  /** How this stand got what was given last. */
  flow?(): Login["flow"] | undefined;
}

/** Of this stand: its stored login, or a key that it was given. */
export interface StandBearer extends BearerSource {
  flow(): Login["flow"] | undefined;
  /**
   * Renews the login when more than half of its access token's life is gone.
   * Returns after how many milliseconds the login is worth another look, or
   * undefined when nothing is ever renewed: an API key is used.
   *
   * @throws as the source itself.
   */
  renewIdle(): Promise<number | undefined>;
}

export function bearerSource(
  service: Service,
  options: BearerOptions,
): StandBearer {
  const bearer = new Bearer(service, options);
  const { apiKey } = options;
  const source = async (rejected?: Secret) => {
    if (apiKey === undefined) return await bearer.token(rejected);
    if (rejected === undefined) return apiKey.key;
    throw refusedKey(service, apiKey.name);
  };
  return Object.assign(source, {
    flow: () => apiKey === undefined ? bearer.flow : "api-key",
    renewIdle: async () =>
      apiKey === undefined ? await bearer.renewIdle() : undefined,
  });
}

class Bearer {
  readonly #service: Service;
  readonly #options: BearerOptions;
  readonly #current: CurrentLogin;
  #renewal: Promise<Secret> | undefined;
  #failure: { error: unknown; until: number } | undefined;
  /** No early renewal is tried before: the last one failed. */
  #earlyAt = -Infinity;
  #hasWarned = false;

  constructor(service: Service, options: BearerOptions) {
    this.#service = service;
    this.#options = options;
    this.#current = new CurrentLogin(service, options);
  }

  get flow(): Login["flow"] | undefined {
    return this.#current.known?.flow;
  }

  async renewIdle(): Promise<number | undefined> {
    await this.token(undefined, IDLE_PART);
    const login = this.#current.known;
    if (login?.flow === "api-key") return undefined;
    return login && renewalPause(login);
  }

  async token(rejected: Secret | undefined, part = USE_PART): Promise<Secret> {
    const login = this.#current.known ?? await this.#current.load();
    if (login.flow === "api-key") {
      if (rejected === undefined) return login.apiKey;
      throw refusedKey(this.#service, this.#current.keyName);
    }
    const use = { rejected, part };
    const now = this.#options.clock.now();
    switch (renewalNeed(login, { ...use, now })) {
      case "none":
        return login.accessToken;
      case "early":
        return await this.#renewedEarly(login, use);
      case "now":
        return await this.#renewedNow(use);
    }
  }

  /** The old token works: a renewal that fails does no harm, and is not tried again for a while. */
  async #renewedEarly(login: OAuthLogin, use: Use): Promise<Secret> {
    const { clock, onNotRenewed } = this.#options;
    if (clock.monotonic() < this.#earlyAt) return login.accessToken;
    try {
      return await this.#renewed(use);
    } catch (error) {
      if (!isHarmless(error)) throw error;
      this.#earlyAt = clock.monotonic() + renewalPause(login);
      if (!this.#hasWarned) {
        onNotRenewed?.(notRenewedYet(this.#service, error, login));
      }
      this.#hasWarned = true;
      return login.accessToken;
    }
  }

  async #renewedNow(use: Use): Promise<Secret> {
    const { clock } = this.#options;
    const failure = this.#failure;
    if (failure && clock.monotonic() < failure.until) throw failure.error;
    try {
      return await this.#renewed(use);
    } catch (cause) {
      const error = isUnwritable(cause)
        ? notRenewed(this.#service, cause)
        : cause;
      const until = clock.monotonic() + FAILURE_MILLISECONDS;
      this.#failure = { error, until };
      throw error;
    }
  }

  /** Callers that come while a renewal is under way share it. */
  async #renewed(use: Use): Promise<Secret> {
    this.#renewal ??= this.#current.renew(use).finally(() => {
      this.#renewal = undefined;
    });
    const token = await this.#renewal;
    this.#hasWarned = false;
    return token;
  }
}
