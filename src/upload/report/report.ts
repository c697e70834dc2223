import type { AppError } from "../../system/app_error.ts";
import type { Clock } from "../../system/clock.ts";
import { expectedStatus } from "../../runs/check_run.ts";
import type { Examined } from "../../runs/examine.ts";
import type { Finding, Issue } from "../../runs/issue.ts";

/** What can become of a run document, in the order in which a summary counts it. */
const OUTCOMES = [
  "uploaded",
  /** It was uploaded before. */
  "already_uploaded",
  "would_upload",
  /** It is in a bundle for a connected PC. */
  "exported",
  "invalid",
  "rejected",
  "waiting",
] as const;

/** What became of one run document. */
export type Outcome = typeof OUTCOMES[number];

/** The result for one run document; the fields of the `report` event. */
export interface Report {
  readonly source: string;
  /** The file that the issues' lines are in. */
  readonly file: string;
  /** The file that the stand had put into a bundle. */
  readonly original?: string;
  readonly outcome: Outcome;
  /** Null when the source holds no run document. */
  readonly digest: string | null;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** As the document says it. Null when the document could not be read. */
  readonly runStatus: string | null;
  /** The status of the answer that decided; null when there was none. */
  readonly httpStatus: number | null;
  /** The status that StandCloud would answer to a document that was not sent. */
  readonly expectedStatus: number | null;
  readonly testRunId: string | null;
  /** How often it was sent, by this upload and earlier ones. */
  readonly attempts: number;
  /** It was sent again although StandCloud did not tell whether it had the run. */
  readonly isPossiblyDuplicate: boolean;
  /** An earlier state or a lesser form of the run was sent: StandCloud's copy lacks what was added since. */
  readonly lacksAdditions?: boolean;
  /** What was sent of it. */
  readonly bytes: number;
  /** Those of the rules have a place in the source, those of the server have none. */
  readonly issues: readonly (Finding | Issue)[];
  /** False when not even the file could be read. */
  readonly isReadable: boolean;
  /** HardPy has not finished the run: it is left for later. */
  readonly isUnfinished: boolean;
  /** Why it was not uploaded. */
  readonly reason: string | null;
}

/** What is said of a document before anything is known of its upload. */
export function blankReport(
  { source, file, original, run, issues, isReadable }:
    & Pick<Examined, "source" | "file" | "issues" | "isReadable">
    & Partial<Pick<Examined, "run" | "original">>,
): Report {
  return {
    source,
    file,
    ...(original !== undefined && { original }),
    isReadable,
    outcome: "waiting",
    digest: null,
    serialNumber: run?.serialNumber ?? null,
    partNumber: run?.partNumber ?? null,
    runStatus: run?.status ?? null,
    httpStatus: null,
    expectedStatus: expectedStatus(issues),
    testRunId: null,
    attempts: 0,
    isPossiblyDuplicate: false,
    isUnfinished: false,
    bytes: 0,
    issues: issues.filter(({ severity }) => severity !== "info"),
    reason: null,
  };
}

/** The report of a file that was not read. */
export function untoldReport(
  { name }: { readonly name: string },
  reason: string | null = null,
): Report {
  const unread = { source: name, file: name, issues: [], isReadable: true };
  return { ...blankReport(unread), reason };
}

/** The count of reports by outcome, and how an upload ended. */
export interface UploadResult {
  /** How many sources could not even be read. */
  readonly unreadable: number;
  /** How many documents were read, and are no valid run. */
  readonly unsound: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly bytes: number;
  readonly seconds: number;
  /** Set when it ended before its time: the login is gone, or Ctrl-C. */
  readonly stopped: AppError | undefined;
}

/** Counts reports from now on. */
export class Tally {
  readonly #clock: Clock;
  readonly #begin: number;
  readonly #counts = Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, 0]),
  ) as Record<Outcome, number>;
  #bytes = 0;
  #unreadable = 0;
  #unsound = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begin = clock.monotonic();
  }

  add(report: Report): void {
    this.#counts[report.outcome]++;
    this.#bytes += report.bytes;
    if (!report.isReadable) this.#unreadable++;
    else if (report.outcome === "invalid") this.#unsound++;
  }

  result(stopped?: AppError): UploadResult {
    const seconds = (this.#clock.monotonic() - this.#begin) / 1000;
    const [counts, bytes] = [this.#counts, this.#bytes];
    const [unreadable, unsound] = [this.#unreadable, this.#unsound];
    return { unreadable, unsound, counts, bytes, seconds, stopped };
  }
}

/** The exit code of an upload: the worst outcome decides. */
export function exitCodeOf(result: UploadResult): number {
  const { counts, stopped, unreadable, unsound } = result;
  if (stopped !== undefined) return stopped.exitCode;
  if (unsound > 0 || counts.rejected > 0) return 5;
  if (unreadable > 0) return 2;
  return counts.waiting > 0 ? 6 : 0;
}
