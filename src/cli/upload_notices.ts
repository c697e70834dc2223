import type { AppError } from "../system/app_error.ts";
import type { PauseNotice } from "../upload/traffic/pace.ts";
import type { Report } from "../upload/report/report.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";
import type { LiveLine } from "./live_line.ts";
import { PauseNotices } from "./pause_notices.ts";
import { Progress } from "./progress.ts";
import { type Times, timesOf } from "./times.ts";
import { watchingEvent } from "./upload_text.ts";
import { WatchLine } from "./watch_line.ts";

/** A script may take a longer silence for the end of the program. */
const REPEAT_EVENT_MILLISECONDS = 60_000;
/** An outage over a weekend is not to fill the log. */
const REPEAT_LINE_MILLISECONDS = 600_000;

export interface UploadNoticesOptions {
  /** As they were typed. */
  readonly paths: readonly string[];
  /** Whole paths of folders that are watched; undefined for an upload that ends by itself. */
  readonly folders: readonly string[] | undefined;
  /** How many reports wait. */
  waiting(): number;
}

/** Says how an upload goes: on the last line of the terminal, in dated lines, or as events. */
export class UploadNotices implements Disposable {
  readonly #input: CommandInput<CommonFlags>;
  readonly #options: UploadNoticesOptions;
  readonly #times: Times;
  readonly #progress: Progress;
  readonly #live: LiveLine;
  readonly #pauses: PauseNotices;

  constructor(
    input: CommandInput<CommonFlags>,
    options: UploadNoticesOptions,
  ) {
    const { system: { clock }, system, output, flags } = input;
    const { paths, folders, waiting } = options;
    this.#input = input;
    this.#options = options;
    this.#times = timesOf(system);
    const times = this.#times;
    this.#progress = new Progress(clock, output.status);
    this.#live = folders === undefined
      ? this.#progress
      : new WatchLine(output.status, { clock, times, folders: paths, waiting });
    this.#pauses = new PauseNotices({
      clock,
      output,
      times,
      live: this.#live,
      repeatAfter: flags.json
        ? REPEAT_EVENT_MILLISECONDS
        : REPEAT_LINE_MILLISECONDS,
      waiting,
    });
  }

  begin(address: string): void {
    const { folders, paths } = this.#options;
    if (folders === undefined) return;
    this.#input.output.notice(
      watchingEvent(folders, address),
      `${this.#times.now()} watching ${
        paths.join(", ")
      } for ${address}; Ctrl-C stops`,
    );
  }

  /** @param total how many files there are. */
  expect(total: number): void {
    this.#progress.expect(total);
  }

  add(report: Report): void {
    this.#live.add(report);
  }

  pause(pause: PauseNotice): void {
    this.#pauses.pause(pause);
  }

  resume(): void {
    this.#pauses.resume();
  }

  /**
   * Call it before the summary.
   *
   * @param stopped why the upload ended before its time.
   * @returns the same; undefined where that is no error: Ctrl-C and SIGTERM are the way to end a watch.
   */
  end(stopped: AppError | undefined): AppError | undefined {
    this[Symbol.dispose]();
    const isMeant = this.#options.folders !== undefined &&
      stopped?.kind === "interrupted" && stopped.code !== "hung_up";
    if (!isMeant) return stopped;
    // A script sees the summary, and the exit code.
    const { output, flags } = this.#input;
    if (!flags.json) output.note(`${this.#times.now()} stopped`);
    return undefined;
  }

  [Symbol.dispose](): void {
    this.#pauses[Symbol.dispose]();
    this.#live[Symbol.dispose]();
  }
}
