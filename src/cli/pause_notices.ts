import type { Clock } from "../system/clock.ts";
import type { PauseNotice } from "../upload/traffic/pace.ts";
import type { LiveLine } from "./live_line.ts";
import type { Output } from "./output.ts";
import type { Times } from "./times.ts";
import { pausedEvent, pauseText, resumedEvent } from "./upload_text.ts";

export interface PauseNoticesOptions {
  readonly clock: Clock;
  readonly output: Output;
  readonly times: Times;
  readonly live: LiveLine;
  /** How long the same pause is not said again, in milliseconds. */
  readonly repeatAfter: number;
  /** How many reports wait. */
  waiting(): number;
}

/** Says that an upload pauses, again while the pause lasts, and that the upload goes on. */
export class PauseNotices implements Disposable {
  readonly #options: PauseNoticesOptions;
  #pause: PauseNotice | undefined;
  /** Monotonic. */
  #since = 0;
  #reminder = new AbortController();

  constructor(options: PauseNoticesOptions) {
    this.#options = options;
  }

  pause(pause: PauseNotice): void {
    const { clock } = this.#options;
    const before = this.#pause;
    this.#pause = pause;
    if (before === undefined) this.#since = clock.monotonic();
    if (before?.cause !== pause.cause) {
      this.#say(pause);
      this.#remind();
    }
    this.#show(pause);
  }

  resume(): void {
    if (this.#pause === undefined) return;
    const { clock, output, times, live } = this.#options;
    this.#pause = undefined;
    this.#reminder.abort();
    live.pause(undefined);
    const milliseconds = Math.round(clock.monotonic() - this.#since);
    output.notice(
      resumedEvent(milliseconds / 1000),
      `${times.now()} resumed: StandCloud answers again after ${
        (milliseconds / 1000).toFixed(1)
      } s`,
    );
  }

  #say(pause: PauseNotice): void {
    const { output, times, waiting } = this.#options;
    const count = waiting();
    const text = pauseText(pause, { waiting: count, times });
    output.notice(pausedEvent(pause, count), `${times.now()} ${text}`);
  }

  #show(pause: PauseNotice): void {
    const { live, times, waiting } = this.#options;
    if (!live.isShown) return;
    live.pause(pauseText(pause, { waiting: waiting(), times }));
  }

  /** A timer of its own: one request under way may take longer than the time between two notices. */
  #remind(): void {
    this.#reminder.abort();
    this.#reminder = new AbortController();
    this.#repeat(this.#reminder.signal).catch(() => {
      // The ledger cannot be read. The upload itself meets that too, and says so.
    });
  }

  async #repeat(signal: AbortSignal): Promise<void> {
    const { clock, repeatAfter } = this.#options;
    for (;;) {
      await clock.sleep(repeatAfter, signal);
      if (signal.aborted || this.#pause === undefined) return;
      this.#say(this.#pause);
    }
  }

  [Symbol.dispose](): void {
    this.#reminder.abort();
  }
}
