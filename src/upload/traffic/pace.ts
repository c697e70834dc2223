import type { Clock } from "../../system/clock.ts";
import type { Pause, Pauses } from "../ledger/pauses.ts";

/** Why nothing is sent for now. */
export interface PauseNotice {
  readonly cause: string;
  /** No request is made before. */
  readonly nextTryAt: Date;
  /** StandCloud asked for the pause. `--retry-now` ends it. */
  readonly isAsked: boolean;
}

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
  /** Called again and again while a pause lasts, and when its cause or its end changes. */
  onPause(pause: PauseNotice): void;
  /** Called when StandCloud answers again. */
  onResume(): void;
}

/** How soon a pause that another process has ended ends here. */
const LOOK_MILLISECONDS = 2000;

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
  /** What StandCloud has just asked for, until the ledger knows of it. */
  #unsaved: Pause | undefined;
  #givenUp: Why | undefined;
  #lastCause: string | undefined;
  #isAnnounced = false;
  #waiting: Promise<void> | undefined;

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** Why nothing more is tried; undefined as long as it is. */
  get givenUp(): string | undefined {
    return this.#givenUp?.cause;
  }

  /** The failure that there is a pause for, if there is one. */
  get cause(): string {
    return this.#why().cause;
  }

  /** Why nothing is sent, for a report that was not sent itself. */
  get reason(): string {
    return (this.#givenUp ?? this.#why()).reason;
  }

  #why(): Why {
    const asked = this.#asked();
    if (asked !== undefined) {
      return { cause: asked.cause, reason: askedUntil(asked) };
    }
    const cause = this.#lastCause ?? "StandCloud asked for a pause";
    return { cause, reason: cause };
  }

  get isPaused(): boolean {
    return this.#wait() > 0;
  }

  /** Waits until a request may be made; false when none may any more. */
  async ready(): Promise<boolean> {
    const { signal } = this.#options;
    while (!signal.aborted && this.#givenUp === undefined) {
      if (this.#wait() <= 0) return true;
      // One loop for all: thousands of documents may wait.
      await (this.#waiting ??= this.#waitOn());
    }
    return false;
  }

  async #waitOn(): Promise<void> {
    const { clock, signal } = this.#options;
    for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
      if (signal.aborted || this.#givenUp !== undefined) break;
      this.#announce();
      // Another process may ask for a longer pause meanwhile, or end it.
      await clock.sleep(Math.min(wait, LOOK_MILLISECONDS), signal);
    }
    this.#waiting = undefined;
  }

  /** In milliseconds. Gives up when the pause would last too long. */
  #wait(): number {
    const { clock, retryMilliseconds } = this.#options;
    const now = clock.monotonic();
    const wait = Math.max(this.#resumeAt - now, this.#askedWait());
    const tried = now - (this.#firstFailure ?? now);
    const isTooLong = wait > 0 && wait + tried > retryMilliseconds;
    if (isTooLong && this.#givenUp === undefined) {
      this.#givenUp = this.#why();
      // Its end is known, and a later command meets it too.
      if (this.#asked() !== undefined) this.#announce();
    }
    return wait;
  }

  #asked(): Pause | undefined {
    const { pauses, address } = this.#options;
    return this.#unsaved ?? pauses.of(address);
  }

  #askedWait(): number {
    const now = this.#options.clock.now().getTime();
    return (this.#asked()?.until.getTime() ?? now) - now;
  }

  #announce(): void {
    const { clock, onPause } = this.#options;
    const wait = this.#resumeAt - clock.monotonic();
    const asked = this.#asked();
    const isAsked = asked !== undefined && this.#askedWait() >= wait;
    // What this process has heard itself is no request of an earlier one.
    const own = !isAsked || asked.cause === this.#lastCause
      ? this.#lastCause
      : undefined;
    this.#isAnnounced = true;
    onPause({
      cause: own ?? askedWith(asked?.cause ?? ""),
      nextTryAt: isAsked
        ? asked.until
        : new Date(clock.now().getTime() + Math.max(wait, 0)),
      isAsked,
    });
  }

  succeeded(): void {
    this.#failures = 0;
    this.#firstFailure = undefined;
    if (this.#givenUp !== undefined) return;
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
    const { clock, random } = this.#options;
    const now = clock.monotonic();
    this.#lastCause = cause;
    this.#firstFailure ??= now;
    if (startedAt >= this.#lastFailure) {
      this.#failures++;
      this.#lastFailure = now;
      // Also where StandCloud asks for no pause: it would be asked for ever.
      const pause = backoff(this.#failures, random());
      this.#resumeAt = Math.max(this.#resumeAt, now + pause);
    }
    const saved = wait === undefined ? undefined : this.#ask(cause, wait);
    // Here: the next document may come when the time is over.
    if (this.#wait() > 0 && this.#givenUp === undefined) this.#announce();
    await saved;
  }

  async #ask(cause: string, wait: number): Promise<void> {
    const { clock, pauses, address } = this.#options;
    const until = new Date(clock.now().getTime() + wait);
    const pause = { until, cause };
    const before = this.#asked();
    if (before === undefined || before.until <= until) this.#unsaved = pause;
    await pauses.ask(address, pause);
    if (this.#unsaved === pause) this.#unsaved = undefined;
  }
}

/** Why nothing is sent: for the ledger, and for a person. */
interface Why {
  readonly cause: string;
  readonly reason: string;
}

export interface Failure {
  readonly startedAt: number;
  readonly wait?: number | undefined;
}

/** @param cause with which StandCloud asked for the pause. */
function askedWith(cause: string): string {
  const [status] = /HTTP \d+/.exec(cause) ?? [];
  return status === undefined
    ? "StandCloud asked for a pause"
    : `StandCloud asked with ${status} for a pause`;
}

function askedUntil({ until, cause }: Pause): string {
  return `${askedWith(cause)} until ${until.toISOString().slice(0, 19)}Z`;
}

const FIRST_MILLISECONDS = 500;
const MOST_MILLISECONDS = 30_000;

/**
 * How long to wait before the next try: anything up to a bound that doubles,
 * so that the stands of a factory do not come back all at once ("full jitter").
 *
 * @param failures in a row, this one included.
 * @param random from 0 to 1.
 */
export function backoff(failures: number, random: number): number {
  const bound = FIRST_MILLISECONDS * 2 ** Math.min(failures - 1, 16);
  return random * Math.min(bound, MOST_MILLISECONDS);
}

/** How long another request of the same run is waited for: it needs its time too. In milliseconds. */
export function waitForOther(
  { retryMilliseconds, timeoutMilliseconds }: {
    readonly retryMilliseconds: number;
    readonly timeoutMilliseconds: number;
  },
): number {
  return Math.max(retryMilliseconds, 2 * timeoutMilliseconds);
}
