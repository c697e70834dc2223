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
  /** Also say which StandCloud it is about. */
  readonly tellsAddress: boolean;
}

/** The same for a person: what, when, which, and why it is not at StandCloud. */
export function entryLines(entry: Entry, options: LineOptions): string[] {
  const isSettled = entry.state === "superseded";
  const issues = isSettled ? [] : entry.issues;
  return [
    entryLine(entry, options),
    ...issues.flatMap(issueLines),
    ...entry.state === "held" && issues.some(isFillable)
      ? [fillingLine(entry.source)]
      : [],
  ];
}

function issueLines({ severity, rule, path, message, fix, more }: StoredIssue) {
  const pointer = path === "" ? "" : ` ${path}`;
  return [
    `  ${severity}: ${message} [${rule}${pointer}]`,
    `    fix: ${fixText(fix)}`,
    ...more === undefined ? [] : [`  … and ${more} more`],
  ];
}

/** Without what rules or StandCloud have against it. */
export function entryLine(
  entry: Entry,
  { now, tellsAddress }: LineOptions,
): string {
  const {
    state,
    digest,
    updatedAt,
    createdAt,
    serialNumber,
    source,
    nextTryAt,
  } = entry;
  const facts = [
    ...(tellsAddress ? [entry.address] : []),
    ...(serialNumber === null ? [] : [`serial number ${serialNumber}`]),
    ...(entry.testRunId === null ? [] : [`run ${entry.testRunId}`]),
    ...(entry.isPossiblyDuplicate ? ["may be at StandCloud twice"] : []),
    ...(state === "waiting" ? [`for ${ageText(createdAt, now)}`] : []),
    ...(nextTryAt === null ? [] : [`not before ${shown(nextTryAt)}`]),
    ...(isDone(entry) || entry.cause === null ? [] : [entry.cause]),
  ];
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return `${state.padEnd(8)}  ${shown(updatedAt)}  ${
    digest.slice(0, 12)
  }  ${source}${details}`;
}

function shown(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ") + "Z";
}
