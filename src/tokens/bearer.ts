import { AppError } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { Secret } from "../system/secret.ts";
import type { AuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import {
  ended,
  isUnwritable,
  notRenewed,
  notSaved,
  refusedKey,
} from "./bearer_errors.ts";
import { type Login, loginFrom, type OAuthLogin } from "./login.ts";
import type { ReservedSave, TokenStore } from "./token_store.ts";

/** An access token with less time left than this is renewed before it is used. */
const EARLY_MILLISECONDS = 60_000;
/** A renewal that failed is not tried again at once: thousands of uploads would each wait for it. */
const FAILURE_MILLISECONDS = 10_000;

export interface BearerOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Ends waiting for a server, where nothing can be lost by that. */
  readonly signal?: AbortSignal;
  /** Used instead of any stored login. */
  readonly apiKey?: NamedKey | undefined;
  /** Asked when there is no stored login: the key of a hardpy.toml. */
  readonly configuredKey?: () => Promise<NamedKey | undefined>;
  /** A renewed login that could not be saved: it is used, and lost with this process. */
  onUnsaved?(error: AppError): void;
  /** Somebody interrupts the program while it waits for a renewed login: that is waited for. */
  onHeldUp?(): void;
  /** A login that ends soon and is not renewed, because the new one could not be saved. */
  onUnwritable?(error: AppError): void;
}

/** An API key that was given to the program, not stored by it. */
export interface NamedKey {
  /** What the user calls the place where it was found. */
  readonly name: string;
  readonly key: Secret;
}

/**
 * Gives the bearer token for the next request, renewed when it is about to
 * expire. A token the server refused is passed back as `rejected` and is never
 * given again.
 *
 * @throws `not_logged_in`, `login_ended` when only a new login helps.
 */
export type BearerSource = (rejected?: Secret) => Promise<Secret>;

/** Of this stand: its stored login, or a key that it was given. */
export interface StandBearer extends BearerSource {
  /** Whether what it gave last is an API key: nothing renews that. */
  givesApiKey(): boolean;
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
    givesApiKey: () => apiKey !== undefined || bearer.isApiKey,
  });
}

class Bearer {
  readonly #service: Service;
  readonly #options: BearerOptions;
  /** Opening the file costs milliseconds; thousands of uploads share one login. */
  #known: Login | undefined;
  #server: AuthorizationServer | undefined;
  #renewal: Promise<Secret> | undefined;
  #renewedToken: Secret | undefined;
  #failure: { error: unknown; until: number } | undefined;
  /** A renewed login that could not be saved. */
  #unsaved: OAuthLogin | undefined;
  #hasWarned = false;
  #keyName = "the API key";

  constructor(service: Service, options: BearerOptions) {
    this.#service = service;
    this.#options = options;
  }

  get isApiKey(): boolean {
    return this.#known?.flow === "api-key";
  }

  async token(rejected: Secret | undefined): Promise<Secret> {
    const login = this.#known ?? await this.#load();
    if (login.flow === "api-key") {
      if (rejected === undefined) return login.apiKey;
      throw refusedKey(this.#service, this.#keyName);
    }
    if (this.#isFresh(login, rejected)) return login.accessToken;
    try {
      return await this.#renewed(rejected);
    } catch (error) {
      if (!isUnwritable(error)) throw error;
      if (!this.#isGoodYet(login, rejected)) {
        throw notRenewed(this.#service, error);
      }
      // A stand whose disk is read-only or full works on as long as it can.
      if (!this.#hasWarned) this.#options.onUnwritable?.(error);
      this.#hasWarned = true;
      return login.accessToken;
    }
  }

  async #load(): Promise<Login> {
    const { address } = this.#service;
    const { store, clock, configuredKey } = this.#options;
    const stored = await store.load(address);
    const unsaved = this.#unsaved;
    // The stored one is dead at the server, unless somebody has logged in since.
    const isDead = unsaved !== undefined && stored !== undefined &&
      stored.obtainedAt <= unsaved.obtainedAt;
    this.#known = isDead ? unsaved : stored;
    if (this.#known !== undefined) return this.#known;
    const configured = await configuredKey?.();
    if (configured === undefined) {
      throw new AppError("not_logged_in", `Not logged in to ${address.text}`, {
        hints: [`run: standcloud sc-login ${address.text}`],
      });
    }
    this.#keyName = configured.name;
    this.#known = {
      address: address.text,
      flow: "api-key",
      apiKey: configured.key,
      obtainedAt: clock.now(),
    };
    return this.#known;
  }

  /** Callers that come while a renewal is under way share it. */
  async #renewed(rejected: Secret | undefined): Promise<Secret> {
    const now = this.#options.clock.monotonic();
    if (this.#failure !== undefined && now < this.#failure.until) {
      throw this.#failure.error;
    }
    this.#renewal ??= this.#renew(rejected)
      .catch((error) => {
        const until = this.#options.clock.monotonic() + FAILURE_MILLISECONDS;
        this.#failure = { error, until };
        throw error;
      })
      .finally(() => {
        this.#renewal = undefined;
      });
    return await this.#renewal;
  }

  async #renew(rejected: Secret | undefined): Promise<Secret> {
    const { store, clock } = this.#options;
    const { address } = this.#service;
    using _lock = await store.lock(address);
    // Another process may have renewed the login while this one waited.
    const login = await this.#load();
    if (login.flow === "api-key") return login.apiKey;
    if (this.#isFresh(login, rejected)) return login.accessToken;
    if (login.refreshToken === undefined) throw ended(this.#service);
    const server = await this.#authorizationServer();
    // The old refresh token is dead once it is used: make sure of the room for
    // the new one, and save it before use.
    const room = await store.reserve(address);
    await using _room = room;
    const tokens = await this.#heldUp(server.refresh(login.refreshToken));
    const next = loginFrom(tokens, login, clock.now());
    this.#unsaved = await this.#save(room, next) ? undefined : next;
    this.#known = next;
    this.#renewedToken = next.accessToken;
    return next.accessToken;
  }

  /** Who leaves now would leave the login behind: the old refresh token may be dead. */
  async #heldUp<T>(renewal: Promise<T>): Promise<T> {
    const { signal, onHeldUp } = this.#options;
    const held = () => onHeldUp?.();
    signal?.addEventListener("abort", held);
    return await renewal.finally(() =>
      signal?.removeEventListener("abort", held)
    );
  }

  /** False when it could not be saved: it is still the only one that works. */
  async #save(room: ReservedSave, login: OAuthLogin): Promise<boolean> {
    try {
      await room.save(login);
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#options.onUnsaved?.(notSaved(this.#service, error));
      return false;
    }
  }

  async #authorizationServer(): Promise<AuthorizationServer> {
    // Only a renewal needs the OAuth library; most uses start without it.
    const { discoverAuthorizationServer } = await import(
      "../standcloud/authorization_server.ts"
    );
    return this.#server ??= await discoverAuthorizationServer(
      this.#service,
      this.#options.signal,
    );
  }

  #isFresh(login: OAuthLogin, rejected: Secret | undefined): boolean {
    if (rejected?.reveal() === login.accessToken.reveal()) return false;
    if (login.expiresAt === undefined) return true;
    const now = this.#options.clock.now();
    const left = login.expiresAt.getTime() - now.getTime();
    // A server whose tokens live for less than that is not asked for each request.
    const isOwn = login.accessToken === this.#renewedToken;
    return left >= (isOwn ? 1 : EARLY_MILLISECONDS);
  }

  /** Nobody has refused it, and it has not ended. */
  #isGoodYet(
    { accessToken, expiresAt }: OAuthLogin,
    rejected?: Secret,
  ): boolean {
    return rejected?.reveal() !== accessToken.reveal() &&
      expiresAt !== undefined && expiresAt > this.#options.clock.now();
  }
}
