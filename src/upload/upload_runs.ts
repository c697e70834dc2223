import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { examine, type Examined, type RunSource } from "../runs/examine.ts";
import {
  type Outcome,
  OUTCOMES,
  type Report,
  type UploadResult,
} from "./report.ts";
import { sendReport, unsentReport, type UploadTarget } from "./send_report.ts";

export interface UploadOptions {
  readonly sources: readonly RunSource[];
  readonly target: UploadTarget | undefined;
  /** How many requests may be under way at once. */
  readonly concurrency: number;
  readonly timeoutMilliseconds: number;
  /** Called as each report is done, in no fixed order. */
  onReport(report: Report): void;
}

/**
 * Uploads run documents, one request per report. A document that is invalid,
 * refused or has to wait does not keep the others back; a login that ends and
 * Ctrl-C do. Every document gets its report in any case.
 */
export async function uploadRuns(
  system: System,
  options: UploadOptions,
): Promise<UploadResult> {
  const started = system.clock.monotonic();
  const upload = new Upload(system, options);
  const stopped = await upload.run();
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { ...upload.tally, seconds, stopped };
}

class Upload {
  readonly tally = {
    counts: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, 0]),
    ) as Record<Outcome, number>,
    bytes: 0,
    unreadable: 0,
  };
  readonly #system: System;
  readonly #options: UploadOptions;
  readonly #queue: IterableIterator<RunSource>;
  readonly #seen = new Map<string, Promise<Report>>();
  readonly #now: Date;
  #stopped: AppError | undefined;

  constructor(system: System, options: UploadOptions) {
    this.#system = system;
    this.#options = options;
    this.#queue = options.sources.values();
    this.#now = system.clock.now();
  }

  async run(): Promise<AppError | undefined> {
    const { concurrency } = this.#options;
    await Promise.all(Array.from({ length: concurrency }, () => this.#work()));
    for (const { name } of this.#queue) {
      this.#report(this.#unsent(unread(name)));
    }
    return this.#stopped;
  }

  async #work(): Promise<void> {
    for (const source of this.#queue) {
      for (const examined of await examine(source, { now: this.#now })) {
        this.#report(await this.#send(examined));
      }
      if (this.#stopped !== undefined) return;
    }
  }

  async #send(examined: Examined): Promise<Report> {
    try {
      // A request under way is not cut off: StandCloud may have stored the report.
      this.#system.interrupted.throwIfAborted();
      if (this.#stopped !== undefined) return this.#unsent(examined);
      return await sendReport(examined, { ...this.#options, seen: this.#seen });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#stopped ??= error;
      return this.#unsent(examined);
    }
  }

  #unsent(examined: Examined): Report {
    return unsentReport(examined, this.#stopped?.message ?? "not sent");
  }

  #report(report: Report): void {
    this.tally.counts[report.outcome]++;
    this.tally.bytes += report.bytes;
    if (!report.isReadable) this.tally.unreadable++;
    try {
      this.#options.onReport(report);
    } catch (error) {
      // Nobody hears what becomes of the reports: send no more.
      if (!(error instanceof AppError)) throw error;
      this.#stopped ??= error;
    }
  }
}

/** A source that was never opened. */
function unread(name: string): Examined {
  return {
    source: name,
    file: name,
    run: undefined,
    text: "",
    issues: [],
    isReadable: true,
  };
}
