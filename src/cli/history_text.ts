import type { Entry } from "../upload/ledger/entry.ts";
import type { Event } from "./output.ts";

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
  };
}

export interface LineOptions {
  readonly now: Date;
  /** Also say which StandCloud it is about. */
  readonly tellsAddress: boolean;
}

/** The same for a person: what, when, which, and why it is not at StandCloud. */
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
    ...(state === "waiting" ? [`for ${age(createdAt, now)}`] : []),
    ...(nextTryAt === null ? [] : [`not before ${shown(nextTryAt)}`]),
    ...(state === "uploaded" || entry.cause === null ? [] : [entry.cause]),
  ];
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return `${state.padEnd(8)}  ${shown(updatedAt)}  ${
    digest.slice(0, 12)
  }  ${source}${details}`;
}

function shown(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ") + "Z";
}

const UNITS: readonly [name: string, seconds: number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

function age(since: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1000);
  const [name, size] = UNITS.find(([, size]) => seconds >= size) ??
    ["second", 1] as const;
  const count = Math.floor(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
