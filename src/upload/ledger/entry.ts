import type { LookUpRange } from "../../standcloud/look_up.ts";
import type { Finding } from "../../runs/issue.ts";
import type { StoredForm } from "../../runs/stored_form.ts";
import type { Row, Values } from "../../system/database.ts";
import { issuesFrom, type StoredIssue } from "./stored_issues.ts";

/** What the ledger calls one report at one StandCloud. */
export interface EntryKey {
  readonly address: string;
  readonly digest: string;
}

export type EntryState =
  | "waiting"
  /** A process has claimed it, and may be sending it right now. */
  | "sending"
  | "uploaded"
  | "rejected"
  /** A rule keeps it back: a person has to mend it. */
  | "held"
  /** It was held or rejected, and then its run was uploaded in another form. */
  | "superseded";

/** All states, in the order in which they are counted. */
export const STATES: readonly EntryState[] = [
  "uploaded",
  "waiting",
  "sending",
  "rejected",
  "held",
  "superseded",
];

/** What is known of a report before it is sent. */
export interface EntryFacts {
  /** A whole path, or "-" for stdin, with `:LINE` or `#NUMBER` behind it when that holds several. */
  readonly source: string;
  /** The size of the document in wire form. */
  readonly bytes: number;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** All that StandCloud tells the run from others by; null where it cannot be looked up. */
  readonly lookUpKey?: string | null;
  /** What all stored forms of the run have in common; null if nothing tells it from others. */
  readonly runKey?: string | null;
  /** In which of HardPy's places it was stored. */
  readonly form?: StoredForm | null;
  /** Where that form is stored: the same for all states of one record. Default: the source. */
  readonly place?: string | null;
  /** The range of look-up keys of this run, whatever its serial number. */
  readonly lookUpRange?: LookUpRange | undefined;
  /** It goes up with "unknown" where a mandatory field is missing. */
  readonly isFilled: boolean;
  /** 1: the digest may be that of an earlier version of this program. */
  readonly digestVersion?: 1 | 2;
  /** It was given away, and may have come to StandCloud by another way: look before it is sent. */
  readonly mayBeStored?: boolean | undefined;
}

/** What this stand knows of one report at one StandCloud. */
export interface Entry extends EntryKey, EntryFacts {
  readonly state: EntryState;
  /** Which run it is a stored form of: the digest of the form that was known first. */
  readonly run: string;
  /** How often it was sent. */
  readonly attempts: number;
  readonly httpStatus: number | null;
  /** Why it waits or was rejected, in one bounded line. */
  readonly cause: string | null;
  readonly testRunId: string | null;
  /** The last request may have reached StandCloud: look before it is sent again. */
  readonly isUnknown: boolean;
  /** It was sent again although nobody could say whether StandCloud had it. */
  readonly isPossiblyDuplicate: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Not before, if StandCloud asked for a pause. */
  readonly nextTryAt: Date | null;
  /** Why it is held, or what StandCloud had against it. */
  readonly issues: readonly StoredIssue[];
}

/** Whether its run is at StandCloud, in this form or in another one. */
export function isDone({ state }: Entry): boolean {
  return state === "uploaded" || state === "superseded";
}

/** A document that may soon exist nowhere but in the ledger. */
export interface OnlyCopy {
  /** The document, without "unknown" where a mandatory field is missing. */
  readonly wire: string;
  /** Names the run in all its states; null where nothing does. A later state takes the place of an earlier one. */
  readonly run: string | null;
}

export function entryFrom(row: Row): Entry {
  const text = (name: string) => (row[name] ?? null) as string | null;
  const number = (name: string) => (row[name] ?? null) as number | null;
  const date = (name: string) => new Date(number(name) ?? 0);
  return {
    address: text("address") ?? "",
    digest: text("digest") ?? "",
    state: text("state") as EntryState,
    run: text("run") ?? text("digest") ?? "",
    runKey: text("run_key"),
    form: text("form") as StoredForm | null,
    place: text("place"),
    source: text("source") ?? "",
    bytes: number("bytes") ?? 0,
    serialNumber: text("serial_number"),
    partNumber: text("part_number"),
    isFilled: row["is_filled"] === 1,
    attempts: number("attempts") ?? 0,
    httpStatus: number("http_status"),
    cause: text("cause"),
    testRunId: text("test_run_id"),
    isUnknown: row["is_unknown"] === 1,
    isPossiblyDuplicate: row["is_possibly_duplicate"] === 1,
    createdAt: date("created_at"),
    updatedAt: date("updated_at"),
    nextTryAt: number("next_try_at") === null ? null : date("next_try_at"),
    issues: issuesFrom(text("issues")),
  };
}

/** What is known of a report before it is sent, as the statements name it. */
export function factsOf(key: EntryKey & EntryFacts): Values {
  const { address, digest, source, bytes } = key;
  return {
    address,
    digest,
    source,
    bytes,
    serial: key.serialNumber,
    part: key.partNumber,
    key: key.lookUpKey ?? null,
    runKey: key.runKey ?? null,
    form: key.form ?? null,
    place: key.place ?? null,
    version: key.digestVersion ?? 2,
    filled: key.isFilled ? 1 : 0,
    unknown: key.mayBeStored ? 1 : 0,
  };
}

/** A report that was claimed for the first time. */
export function newEntry(key: EntryKey & EntryFacts, now: Date): Entry {
  return {
    ...key,
    state: "sending",
    run: key.digest,
    attempts: 0,
    httpStatus: null,
    cause: null,
    testRunId: null,
    isUnknown: key.mayBeStored ?? false,
    isPossiblyDuplicate: false,
    createdAt: now,
    updatedAt: now,
    nextTryAt: null,
    issues: [],
  };
}

/** What stands in the way of a claim. */
export type Claim =
  /** This process sends it; `entry` is how it stands now. */
  | { readonly kind: "claimed"; readonly entry: Entry }
  /** Another request is under way, here or in another process. */
  | { readonly kind: "busy" }
  | { readonly kind: "uploaded"; readonly entry: Entry }
  | { readonly kind: "rejected"; readonly entry: Entry };

export interface ClaimOptions {
  /** Also what was uploaded. */
  readonly again: boolean;
  /** Also what was rejected. */
  readonly rejectedToo: boolean;
  /** The document itself, where it exists nowhere else. */
  readonly document?: OnlyCopy | undefined;
}

/** What became of a claim. */
export interface Settlement {
  readonly state: "waiting" | "uploaded" | "rejected";
  /** How many requests the claim has led to. */
  readonly requests: number;
  readonly httpStatus: number | null;
  readonly cause: string | null;
  readonly testRunId: string | null;
  readonly isUnknown: boolean;
  readonly isPossiblyDuplicate: boolean;
  /** What StandCloud asked for. */
  readonly nextTryAt: Date | null;
  /** What StandCloud had against the report. */
  readonly issues?: readonly Finding[];
}

/** A run that was uploaded stays uploaded, also when it is sent once more and that fails. */
export function keptUploaded(
  { state }: Pick<Entry, "state">,
  settlement: Settlement,
): Settlement {
  if (state !== "uploaded" || settlement.state === "uploaded") {
    return settlement;
  }
  const before = { httpStatus: null, cause: null, nextTryAt: null };
  return { ...settlement, ...before, state };
}

/** The ledger keeps this much of a server's message. */
export const CAUSE_CHARACTERS = 1000;
