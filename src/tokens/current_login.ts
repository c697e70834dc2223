import { AppError } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { Secret } from "../system/secret.ts";
import type { AuthorizationServer } from "../standcloud/authorization_server.ts";
import type { Service } from "../standcloud/service.ts";
import type { TokenSet } from "../standcloud/token_set.ts";
import { ended, isEnded, notSaved } from "./bearer_errors.ts";
import { type Login, loginFrom, type OAuthLogin } from "./login.ts";
import { type RenewalNeed, renewalNeed, type Use } from "./renewal_need.ts";
import type { ReservedSave, TokenStore } from "./token_store.ts";

export interface CurrentLoginOptions {
  readonly store: TokenStore;
  readonly clock: Clock;
  /** Ends waiting for a server, where nothing can be lost by that. */
  readonly signal?: AbortSignal;
  /** Asked when there is no stored login: the key of a hardpy.toml. */
  readonly configuredKey?: () => Promise<NamedKey | undefined>;
  /** A renewed login that could not be saved: it is used, and lost with this process. */
  onUnsaved?(error: AppError): void;
  /** Somebody interrupts the program while it waits for a renewed login: that is waited for. */
  onHeldUp?(): void;
}

/** An API key that was given to the program, not stored by it. */
export interface NamedKey {
  /** What the user calls the place where it was found. */
  readonly name: string;
  readonly key: Secret;
  /** The file that holds it. */
  readonly path?: string;
}

/** A command whose token works does not wait long for a sign-in service that is away. */
const EARLY_TIMEOUT_MILLISECONDS = 5000;

/** The login that this process works with: as it is stored, and renewed under a lock. */
export class CurrentLogin {
  readonly #service: Service;
  readonly #options: CurrentLoginOptions;
  /** Opening the file costs milliseconds; thousands of uploads share one login. */
  #known: Login | undefined;
  #server: AuthorizationServer | undefined;
  /** A renewed login that could not be saved. */
  #unsaved: OAuthLogin | undefined;
  #keyName: string | undefined;

  constructor(service: Service, options: CurrentLoginOptions) {
    this.#service = service;
    this.#options = options;
  }

  /** As it was read or renewed last; undefined before that. */
  get known(): Login | undefined {
    return this.#known;
  }

  /** What the user calls the place of an API key; undefined for the stored one. */
  get keyName(): string | undefined {
    return this.#keyName;
  }

  /** @throws `not_logged_in`, or `login_ended` when the server has ended it. */
  async load(): Promise<Login> {
    const { address } = this.#service;
    const { store, clock, configuredKey } = this.#options;
    const stored = await store.load(address);
    const unsaved = this.#unsaved;
    // The stored one is dead at the server, unless somebody has logged in since.
    const isDead = unsaved !== undefined && stored !== undefined &&
      stored.obtainedAt <= unsaved.obtainedAt;
    const login = isDead ? unsaved : stored;
    if (login?.flow !== "api-key" && login?.endedAt !== undefined) {
      // Not kept: a person may log in again at any moment.
      this.#known = undefined;
      throw ended(this.#service, login.endedAt);
    }
    this.#known = login;
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

  /**
   * Renews the login, unless another process has done so.
   *
   * @throws `login_ended` when only a new login helps.
   */
  async renew(use: Use): Promise<Secret> {
    const { store, clock } = this.#options;
    const { address } = this.#service;
    using _lock = await store.lock(address);
    // Another process may have renewed the login while this one waited.
    const login = await this.load();
    if (login.flow === "api-key") return login.apiKey;
    const need = renewalNeed(login, { ...use, now: clock.now() });
    if (need === "none") return login.accessToken;
    if (login.refreshToken === undefined) throw ended(this.#service);
    const server = await this.#authorizationServer(need);
    // The old refresh token is dead once it is used: make sure of the room for
    // the new one, and save it before use.
    const room = await store.reserve(address);
    await using _room = room;
    const renewal = server.refresh(login.refreshToken);
    const next = await this.#answered(renewal, { login, room, need });
    this.#unsaved = await this.#save(room, next) ? undefined : next;
    this.#known = next;
    return next.accessToken;
  }

  /** A login that the server ends, and whose token has ended too, is remembered as ended. */
  async #answered(
    renewal: Promise<TokenSet>,
    { login, room, need }: {
      login: OAuthLogin;
      room: ReservedSave;
      need: RenewalNeed;
    },
  ): Promise<OAuthLogin> {
    const { clock } = this.#options;
    try {
      return loginFrom(await this.#heldUp(renewal), login, clock.now());
    } catch (error) {
      if (isEnded(error) && need === "now") {
        // Without a mark the next command asks the server once more.
        await room.save({ ...login, endedAt: clock.now() }).catch(() => {});
      }
      throw error;
    }
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

  async #authorizationServer(need: RenewalNeed): Promise<AuthorizationServer> {
    // Only a renewal needs the OAuth library; most uses start without it.
    const { discoverAuthorizationServer } = await import(
      "../standcloud/authorization_server.ts"
    );
    return this.#server ??= await discoverAuthorizationServer(
      this.#service,
      this.#options.signal,
      need === "early" ? EARLY_TIMEOUT_MILLISECONDS : undefined,
    );
  }
}
