import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { examine, type RunSource } from "../runs/examine.ts";
import type { Outcome, Report, UploadResult } from "./report.ts";
import { sendReport, type UploadTarget } from "./send_report.ts";

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
 * Ctrl-C do.
 */
export async function uploadRuns(
  system: System,
  options: UploadOptions,
): Promise<UploadResult> {
  const started = system.clock.monotonic();
  const now = system.clock.now();
  const tally = { counts: {} as Counts, bytes: 0, unreadable: 0 };
  const seen = new Map<string, Promise<Report>>();
  const queue = options.sources.values();
  let left = options.sources.length;
  let stopped: AppError | undefined;

  const work = async () => {
    for (const source of queue) {
      if (stopped !== undefined) return;
      for (const examined of await examine(source, { now })) {
        // A request under way is not cut off: StandCloud may have stored the report.
        system.interrupted.throwIfAborted();
        const report = await sendReport(examined, { ...options, seen });
        count(tally, report);
        options.onReport(report);
      }
      left--;
    }
  };
  const workers = Array.from({ length: options.concurrency }, async () => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      stopped ??= error;
    }
  });
  await Promise.all(workers);
  if (left > 0) tally.counts.waiting = (tally.counts.waiting ?? 0) + left;
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { ...tally, seconds, stopped };
}

type Counts = Partial<Record<Outcome, number>>;

function count(
  tally: { counts: Counts; bytes: number; unreadable: number },
  { outcome, bytes, isReadable }: Report,
): void {
  tally.counts[outcome] = (tally.counts[outcome] ?? 0) + 1;
  tally.bytes += bytes;
  if (!isReadable) tally.unreadable++;
}
