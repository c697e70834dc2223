import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { Outcome, Report, UploadResult } from "./report.ts";
import type { RunSource } from "./run_source.ts";
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
  const counts: Partial<Record<Outcome, number>> = {};
  const seen = new Map<string, Promise<Report>>();
  const queue = options.sources.values();
  let bytes = 0;
  let stopped: AppError | undefined;

  const work = async () => {
    for (const source of queue) {
      if (stopped !== undefined) return;
      // A request under way is not cut off: StandCloud may have stored the report.
      system.interrupted.throwIfAborted();
      const report = await sendReport(source, { ...options, seen });
      bytes += report.bytes;
      counts[report.outcome] = (counts[report.outcome] ?? 0) + 1;
      options.onReport(report);
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
  const done = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const left = options.sources.length - done;
  if (left > 0) counts.waiting = (counts.waiting ?? 0) + left;
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { counts, bytes, seconds, stopped };
}
