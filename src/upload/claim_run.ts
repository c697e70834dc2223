import type { DocumentEvent } from "./document_states.ts";
import { knownAs } from "./known_as.ts";
import { type Entry, type EntryKey, isDone } from "./ledger/entry.ts";
import type { Prepared } from "./prepare.ts";
import { settledReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import type { Shared } from "./shared.ts";
import type { UploadOptions } from "./upload_options.ts";

/** What has happened to a document, and what is to be said of it. */
export interface Happened {
  readonly event: DocumentEvent;
  readonly report?: Report;
  /** After a claim: the entry that the ledger had before it. */
  readonly entry?: Entry;
}

/**
 * Claims a run, so that no other process sends it; durable when it resolves.
 * During a pause the ledger remembers instead that it has to be sent.
 */
export async function claimRun(
  shared: Shared,
  prepared: Prepared,
): Promise<Happened> {
  const { upload, traffic, signal, forced } = shared;
  const { target: { ledger } } = upload;
  signal.throwIfAborted();
  const key = { ...prepared, ...await knownAs(prepared, upload.target) };
  const again = upload.force && !forced.has(prepared);
  const rejectedToo = again || upload.rejectedToo;
  if (traffic.isHeldUp) {
    return await keep(shared, key, { again, rejectedToo });
  }
  const document = prepared.onlyCopy;
  const claim = await ledger.claim(key, { again, rejectedToo, document });
  switch (claim.kind) {
    case "busy":
      return { event: "busy", report: busyReport(prepared) };
    case "claimed":
      return { event: "claimed", entry: claim.entry };
    default:
      return settled(shared, prepared, claim.entry);
  }
}

async function keep(
  shared: Shared,
  key: Prepared & EntryKey,
  { again, rejectedToo }: { again: boolean; rejectedToo: boolean },
): Promise<Happened> {
  const { upload: { target: { ledger } }, traffic: { pace } } = shared;
  const known = ledger.find(key);
  const isSettled = known !== undefined && (isDone(known) && !again ||
    known.state === "rejected" && !rejectedToo);
  if (isSettled) return settled(shared, key, known);
  const cause = pace.givenUp ?? pace.cause;
  const entry = await ledger.keep(key, { cause, document: key.onlyCopy });
  if (isDone(entry)) return settled(shared, key, entry);
  const { attempts, httpStatus } = entry;
  return {
    event: pace.givenUp === undefined ? "paused" : "given up",
    report: { ...key.blank, attempts, httpStatus, reason: pace.reason },
  };
}

/**
 * Whether the run of a document that a rule holds back is uploaded in another
 * form. Else the ledger holds it, with the rules.
 */
export async function askLedger(
  shared: Shared,
  prepared: Prepared,
): Promise<Happened> {
  const { upload: { target }, signal } = shared;
  const { ledger } = target;
  signal.throwIfAborted();
  const key = { ...prepared, ...await knownAs(prepared, target) };
  const own = ledger.find(key);
  const forms = [own, ...ledger.otherForms(key)];
  if (forms.some((one) => one?.state === "sending")) {
    return { event: "busy", report: busyReport(prepared) };
  }
  const { blank } = prepared;
  const entry = await ledger.hold(key, { issues: blank.issues });
  return isDone(entry)
    ? settled(shared, prepared, entry)
    : { event: "not known", report: { ...blank, outcome: "invalid" } };
}

/** Under which the run may be stored too: its other forms were sent without an answer. */
export function otherSerialNumbersOf(
  prepared: Prepared,
  { address }: EntryKey,
  { target: { ledger } }: Pick<UploadOptions, "target">,
): (string | null)[] {
  return ledger.otherForms({ ...prepared, address })
    .filter(({ isUnknown }) => isUnknown)
    .map(({ serialNumber }) => serialNumber);
}

function settled(
  { upload: { target: { ledger } } }: Shared,
  prepared: Prepared,
  entry: Entry,
): Happened {
  const others = ledger.otherForms({ ...prepared, address: entry.address });
  const event = isDone(entry) ? "known uploaded" : "known rejected";
  return { event, report: settledReport(prepared, entry, others) };
}

export function busyReport(
  { blank }: Pick<Prepared, "blank">,
  reason = "another request is sending it",
): Report {
  return { ...blank, reason };
}
