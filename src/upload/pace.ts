import type { Clock } from "../system/clock.ts";
import type { Pauses } from "./ledger/pauses.ts";
import { backoff } from "./retry_policy.ts";

export interface PaceOptions {
  readonly clock: Clock;
  /** 0 to 1. */
  random(): number;
  /** Where all processes of the stand see that StandCloud asked for a pause. */
  readonly pauses: Pick<Pauses, "of" | "ask">;
  readonly address: string;
  /** How long failures may follow one another before nothing more is tried. */
  readonly retryMilliseconds: number;
  readonly signal: AbortSignal;
  /** Told once when a row of failures begins. */
  onPause(cause: string, milliseconds: number): void;
  /** Told when StandCloud answers again. */
  onResume(): void;
}

/**
 * When the next request may be made. One failure holds back all workers: a
 * network that is away, or a service that is full, is so for each of them.
 */
export class Pace {
  readonly #options: PaceOptions;
  #failures = 0;
  #firstFailure: number | undefined;
  #lastFailure = -Infinity;
  #resumeAt = -Infinity;
  #cause: string | undefined;
  #lastCause = "StandCloud asked for a pause";
  #isAnnounced = false;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Why nothing more is tried; undefined as long as it is. */
  get givenUp(): string | undefined {
    return this.#cause;
  }

  /** Why there is a pause, if there is one. */
  get cause(): string {
    return this.#lastCause;
  }

  get isPaused(): boolean {
    return this.#wait() > 0;
  }

  /** Waits until a request may be made; false when none may any more. */
  async ready(): Promise<boolean> {
    const { clock, signal } = this.#options;
    while (!signal.aborted && this.#cause === undefined) {
      const wait = this.#wait();
      if (wait <= 0) return true;
      if (this.#cause !== undefined) break;
      this.#announce(wait);
      // Another process may learn meanwhile that there is more to wait for.
      await clock.sleep(wait, signal);
    }
    return false;
  }

  #wait(): number {
    const { clock, pauses, address, retryMilliseconds } = this.#options;
    const now = clock.monotonic();
    const pause = pauses.of(address);
    const wait = Math.max(
      this.#resumeAt - now,
      pause === undefined ? 0 : pause.until.getTime() - clock.now().getTime(),
    );
    const tried = now - (this.#firstFailure ?? now);
    if (wait > 0 && wait + tried > retryMilliseconds) {
      this.#cause = pause?.cause ?? this.#lastCause;
    }
    return wait;
  }

  #announce(wait: number): void {
    if (this.#isAnnounced) return;
    this.#isAnnounced = true;
    this.#options.onPause(this.#lastCause, wait);
  }

  succeeded(): void {
    this.#failures = 0;
    this.#firstFailure = undefined;
    if (this.#isAnnounced) this.#options.onResume();
    this.#isAnnounced = false;
  }

  /**
   * @param startedAt of the request that failed, monotonic: those that were
   * under way together are one failure.
   * @param wait what StandCloud asked for, in milliseconds.
   * @returns when the other processes know of it too.
   */
  async failed(cause: string, { startedAt, wait }: Failure): Promise<void> {
    const { clock, random, pauses, address } = this.#options;
    const now = clock.monotonic();
    this.#lastCause = cause;
    this.#firstFailure ??= now;
    const isNew = startedAt >= this.#lastFailure;
    if (isNew) {
      this.#failures++;
      this.#lastFailure = now;
    }
    if (isNew || wait !== undefined) {
      // Also where it is asked for none: it would be asked for ever.
      const pause = Math.max(wait ?? 0, backoff(this.#failures, random()));
      this.#resumeAt = Math.max(this.#resumeAt, now + pause);
    }
    // Here: whoever asks next may come when the time is over.
    if (this.#wait() > 0 && this.#cause === undefined) {
      this.#announce(this.#resumeAt - now);
    }
    if (wait !== undefined) {
      const until = new Date(clock.now().getTime() + wait);
      await pauses.ask(address, { until, cause });
    }
  }
}

export interface Failure {
  readonly startedAt: number;
  readonly wait?: number | undefined;
}
