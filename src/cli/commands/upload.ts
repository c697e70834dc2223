import { AppError } from "../../system/app_error.ts";
import { exitCodeOf, type UploadResult } from "../../upload/report.ts";
import { uploadRuns } from "../../upload/upload_runs.ts";
import type { BearerSource } from "../../tokens/bearer.ts";
import type { CommonFlags } from "../flags.ts";
import { findRunSources } from "../run_sources.ts";
import { reportEvent, reportLines } from "../report_text.ts";
import { type CommandInput, openSession } from "../session.ts";

export interface UploadFlags extends CommonFlags {
  readonly dryRun?: boolean;
  readonly concurrency?: number;
  readonly timeout?: number;
}

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_TIMEOUT_SECONDS = 20;

export async function upload(
  input: CommandInput<UploadFlags>,
  paths: readonly string[],
): Promise<number> {
  const { system, output, flags } = input;
  const sources = await findRunSources(input, paths);
  using session = flags.dryRun
    ? undefined
    : await openSession(input, undefined);
  if (session !== undefined) await requireLogin(session.bearer);
  const result = await uploadRuns(system, {
    sources,
    target: session,
    concurrency: flags.concurrency ?? DEFAULT_CONCURRENCY,
    timeoutMilliseconds: (flags.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    onReport: (report) =>
      output.result(
        reportEvent(report),
        reportLines(report),
        report.outcome === "uploaded" && report.issues.length === 0,
      ),
  });
  output.result({
    event: "summary",
    ...result.counts,
    bytes: result.bytes,
    seconds: Math.round(result.seconds * 1000) / 1000,
  }, [summaryLine(result)]);
  if (result.stopped !== undefined) output.error(result.stopped);
  return exitCodeOf(result);
}

/** Without a login nothing can be sent; a network that is away may come back. */
async function requireLogin(bearer: BearerSource): Promise<void> {
  try {
    await bearer();
  } catch (error) {
    if (!(error instanceof AppError) || error.exitCode !== 4) throw error;
  }
}

function summaryLine({ counts, seconds }: UploadResult): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome.replaceAll("_", " ")}`);
  return `${parts.join(", ")} in ${seconds.toFixed(1)} s`;
}
