import { messageOf } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { PendingAuthorization } from "../standcloud/authorization_code.ts";

export interface SignInPagesOptions {
  readonly clock: Clock;
  /** Aborted when the login has ended. */
  readonly over: AbortSignal;
  /** No page is needed that lives longer. */
  readonly timeoutSeconds: number;
  push(): Promise<PendingAuthorization>;
  /** Told of each page that takes the place of another. */
  onNext(pending: PendingAuthorization): void;
  /** Told that the answer of a page came too late, and which page is newer. */
  onTooOld(newest: PendingAuthorization): void;
  /** A new page that could not be had yet. */
  onTrouble(message: string): void;
}

/** Not even a server whose pages live for a second is asked more often. */
const SHORTEST_SECONDS = 5;

/**
 * The sign-in pages of one login. A pushed request lives for minutes only, and
 * Authelia reads it again after Accept: a person needs a new page then.
 */
export class SignInPages {
  readonly #options: SignInPagesOptions;
  readonly #endsAt: number;
  #newest: PendingAuthorization;
  /** When the newest page can no longer be used. */
  #dueAt: number;
  #isRenewing = false;
  #pushing: Promise<PendingAuthorization | undefined> | undefined;

  constructor(first: PendingAuthorization, options: SignInPagesOptions) {
    const now = options.clock.monotonic();
    this.#options = options;
    this.#endsAt = now + options.timeoutSeconds * 1000;
    this.#newest = first;
    this.#dueAt = now + lifeOf(first);
  }

  /** Pushes the request anew each time that the newest page becomes too old. */
  async renewWhenDue(): Promise<void> {
    const { clock, over } = this.#options;
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    while (this.#dueAt < this.#endsAt && !over.aborted) {
      await clock.sleep(this.#dueAt - clock.monotonic(), over);
      const isDue = clock.monotonic() >= this.#dueAt;
      if (isDue && !over.aborted) await this.#next();
    }
    this.#isRenewing = false;
  }

  /**
   * The page to use in place of one that was too old when the person pressed
   * Accept. Undefined when there is none yet.
   */
  async insteadOf(
    old: PendingAuthorization,
  ): Promise<PendingAuthorization | undefined> {
    const { clock, onTooOld } = this.#options;
    if (old.state.reveal() === this.#newest.state.reveal()) {
      const next = await this.#next();
      // Where it could not be had, it is asked for again.
      void this.renewWhenDue();
      return next;
    }
    const left = Math.max(this.#dueAt - clock.monotonic(), 0);
    const newest = { ...this.#newest, expiresIn: Math.ceil(left / 1000) };
    onTooOld(newest);
    return newest;
  }

  #next(): Promise<PendingAuthorization | undefined> {
    return this.#pushing ??= this.#push().finally(() => {
      this.#pushing = undefined;
    });
  }

  async #push(): Promise<PendingAuthorization | undefined> {
    const { clock, over, push, onNext, onTrouble } = this.#options;
    try {
      const next = await push();
      // The login may have ended while the server was asked.
      if (over.aborted) return undefined;
      this.#newest = next;
      this.#dueAt = clock.monotonic() + lifeOf(next);
      onNext(next);
      return next;
    } catch (error) {
      if (over.aborted) return undefined;
      this.#dueAt = clock.monotonic() + SHORTEST_SECONDS * 1000;
      onTrouble(messageOf(error));
      return undefined;
    }
  }
}

function lifeOf({ expiresIn }: PendingAuthorization): number {
  return Math.max(expiresIn, SHORTEST_SECONDS) * 1000;
}
