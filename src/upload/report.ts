import type { AppError } from "../system/app_error.ts";
import type { Issue } from "../runs/issue.ts";

/** What became of one run document. */
export type Outcome =
  | "uploaded"
  /** The same run came from another source before. */
  | "already_uploaded"
  | "would_upload"
  | "invalid"
  | "rejected"
  | "waiting";

/** The result for one run document; the fields of the `report` event. */
export interface Report {
  readonly source: string;
  readonly outcome: Outcome;
  /** Null when the source holds no run document. */
  readonly digest: string | null;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** Null when nothing was sent or nothing came back. */
  readonly httpStatus: number | null;
  /** What StandCloud would answer to a document that was not sent. */
  readonly expectedStatus: number | null;
  readonly testRunId: string | null;
  /** How often it was sent. */
  readonly attempts: number;
  /** What was sent of it. */
  readonly bytes: number;
  readonly issues: readonly Issue[];
  /** Why it was not uploaded. */
  readonly reason: string | null;
}

/** All reports of one upload, and how it ended. */
export interface UploadResult {
  readonly counts: Readonly<Partial<Record<Outcome, number>>>;
  readonly bytes: number;
  readonly seconds: number;
  /** Set when it ended before its time: the login is gone, or Ctrl-C. */
  readonly stopped: AppError | undefined;
}

/** The exit code of an upload: the worst outcome decides. */
export function exitCodeOf({ counts, stopped }: UploadResult): number {
  if (stopped !== undefined) return stopped.exitCode;
  if (counts.invalid || counts.rejected) return 5;
  return counts.waiting ? 6 : 0;
}
