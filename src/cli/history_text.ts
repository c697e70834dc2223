import { ageText } from "../inspect/age.ts";
import { type Entry, isDone } from "../upload/ledger/entry.ts";
import type { StoredIssue } from "../upload/ledger/stored_issues.ts";
import { fixText } from "./fix_text.ts";
import { fillingLine, isFillable } from "./report_text.ts";
import type { Event } from "./events/event.ts";

/** The `history` event. */
export function entryEvent(entry: Entry): Event {
  return {
    event: "history",
    digest: entry.digest,
    address: entry.address,
    state: entry.state,
    source: entry.source,
    bytes: entry.bytes,
    "serial_number": entry.serialNumber,
    "part_number": entry.partNumber,
    attempts: entry.attempts,
    "http_status": entry.httpStatus,
    cause: entry.cause,
    "test_run_id": entry.testRunId,
    "possibly_duplicate": entry.isPossiblyDuplicate,
    "created_at": entry.createdAt.toISOString(),
    "updated_at": entry.updatedAt.toISOString(),
    "next_try_at": entry.nextTryAt?.toISOString() ?? null,
    issues: entry.issues,
  };
}

export interface LineOptions {
  readonly now: Date;
  /** The address of StandCloud is shown too. */
  readonly tellsAddress: boolean;
}

/** The same for a person: what, when, which, and why it is not at StandCloud. */
export function entryLines(entry: Entry, options: LineOptions): string[] {
  return [
    entryLine(entry, options),
    ...issuesOf(entry).flatMap(issueLines),
    ...waysOut(entry),
  ];
}

/** What rules or StandCloud have against a run that is not mended. */
export function issuesOf({ state, issues }: Entry): readonly StoredIssue[] {
  return state === "superseded" ? [] : issues;
}

/** Commands that send a held run as it is. */
export function waysOut(entry: Entry): string[] {
  const isFilled = entry.state === "held" && entry.issues.some(isFillable);
  return isFilled ? [fillingLine(entry.source)] : [];
}

export function issueText(
  { severity, rule, path, message }: StoredIssue,
): string {
  const pointer = path === "" ? "" : ` ${path}`;
  return `${severity}: ${message} [${rule}${pointer}]`;
}

export function moreText(more: number | undefined): string[] {
  return more === undefined ? [] : [`  … and ${more} more`];
}

function issueLines(issue: StoredIssue): string[] {
  return [
    `  ${issueText(issue)}`,
    `    fix: ${fixText(issue.fix)}`,
    ...moreText(issue.more),
  ];
}

/**
 * What is to be known of a run beside its state, time and source.
 *
 * @param options.names how the run is called, at the stand and at StandCloud.
 */
export function factsOf(
  entry: Entry,
  { now, tellsAddress, names, timeText, withTimes = (text) => text }:
    & LineOptions
    & {
      readonly names: readonly string[];
      timeText(date: Date): string;
      /** Writes the times in a text as the reader wants them. */
      withTimes?(text: string): string;
    },
): string[] {
  const { address, state, createdAt, nextTryAt, cause } = entry;
  return [
    ...(tellsAddress ? [address] : []),
    ...names,
    ...(entry.isPossiblyDuplicate ? ["may be at StandCloud twice"] : []),
    ...(state === "waiting" ? [`for ${ageText(createdAt, now)}`] : []),
    ...(nextTryAt === null ? [] : [`not before ${timeText(nextTryAt)}`]),
    ...(isDone(entry) || cause === null ? [] : [withTimes(cause)]),
  ];
}

/** Without what rules or StandCloud have against it. */
export function entryLine(entry: Entry, options: LineOptions): string {
  const { state, digest, updatedAt, serialNumber, testRunId, source } = entry;
  const names = [
    ...(serialNumber === null ? [] : [`serial number ${serialNumber}`]),
    ...(testRunId === null ? [] : [`run ${testRunId}`]),
  ];
  const facts = factsOf(entry, { ...options, names, timeText: shown });
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return `${state.padEnd(8)}  ${shown(updatedAt)}  ${
    digest.slice(0, 12)
  }  ${source}${details}`;
}

function shown(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ") + "Z";
}
