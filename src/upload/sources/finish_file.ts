import { AppError } from "../../system/app_error.ts";
import type { System } from "../../system/system.ts";
import { ANSWER, MOVED_FOLDERS } from "../../sources/moved_folders.ts";
import type { Report } from "../report/report.ts";
import { SETTLED_MILLISECONDS } from "./settling.ts";
import { isOnDisk, type OnDisk, type UploadSource } from "./upload_source.ts";

/** What becomes of a file that is done with. */
export type After = "keep" | "move" | "delete";

export interface AfterOptions {
  readonly after: After;
  readonly warn: (message: string) => void;
}

/**
 * Moves or deletes a file once every report in it is at StandCloud and the
 * ledger says so for good. One that StandCloud refused is moved beside its
 * answer, never deleted; one that waits or is invalid stays where it is.
 *
 * @returns false when it is worth another try.
 */
export async function finishFile(
  system: System,
  { source, reports }: { source: UploadSource; reports: readonly Report[] },
  { after, warn }: AfterOptions,
): Promise<boolean> {
  const fate = fateOf(reports);
  if (after === "keep" || fate === undefined) return true;
  if (!isOnDisk(source) || source.isHardpys) return true;
  if (after === "delete" && fate === "rejected") return true;
  if (!await isStill(system, source)) return false;
  try {
    const { name, within } = source;
    if (after === "delete") await system.finishedFiles.remove(name, { within });
    else await move(system, { source, reports, fate });
    return true;
  } catch (error) {
    // It is at StandCloud all the same.
    if (!(error instanceof AppError)) throw error;
    warn(error.message);
    return false;
  }
}

/** A program may still append to the file: the file is left alone until it has been still for a while. */
async function isStill(
  { clock, interrupted }: System,
  source: OnDisk,
): Promise<boolean> {
  const rest = await source.unchangedFor();
  if (rest === undefined) return false;
  // By two looks: the clock of a network drive may be another one.
  if (rest < LONG_AGO_MILLISECONDS) {
    await clock.sleep(SETTLED_MILLISECONDS, interrupted);
    if (interrupted.aborted) return false;
  }
  return await source.isUnchanged();
}

/** More than clocks and time zones differ by. */
const LONG_AGO_MILLISECONDS = 24 * 60 * 60 * 1000;

type Fate = keyof typeof MOVED_FOLDERS;

function fateOf(reports: readonly Report[]): Fate | undefined {
  const outcomes = new Set(reports.map(({ outcome }) => outcome));
  const isDone = ["waiting", "invalid", "would_upload"]
    .every((outcome) => !outcomes.has(outcome as Report["outcome"]));
  if (outcomes.size === 0 || !isDone) return undefined;
  return outcomes.has("rejected") ? "rejected" : "uploaded";
}

async function move(
  { finishedFiles, outputFiles }: System,
  { source, reports, fate }: {
    source: OnDisk;
    reports: readonly Report[];
    fate: Fate;
  },
): Promise<void> {
  const target = await finishedFiles.moveInto(
    source.name,
    MOVED_FOLDERS[fate],
    { within: source.within },
  );
  if (fate === "uploaded" || target === undefined) return;
  const refused = reports.filter(({ outcome }) => outcome === "rejected");
  await outputFiles.writeFree(
    answerPaths(target),
    `${JSON.stringify(refused.map(answerOf), null, 2)}\n`,
  );
}

/** Another file of the same stem, or a run, may have the first names. */
function* answerPaths(path: string): Generator<string> {
  yield path.replace(/\.[^./\\]*$/, "") + ANSWER;
  yield path + ANSWER;
  for (let number = 1;; number++) yield `${path}.${number}${ANSWER}`;
}

/** What StandCloud had against a report. */
function answerOf(report: Report): Record<string, unknown> {
  return {
    source: report.source,
    digest: report.digest,
    "http_status": report.httpStatus,
    reason: report.reason,
    issues: report.issues.filter(({ severity }) => severity === "error"),
  };
}
