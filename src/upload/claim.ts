import type { DocumentEvent } from "./document_states.ts";
import {
  type ClaimOptions,
  type Entry,
  type EntryKey,
  isDone,
} from "./ledger/entry.ts";
import { settledReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import type { Prepared } from "./sources/prepare.ts";
import type { UploadContext } from "./upload_context.ts";

/** What has happened to a document, and what is to be said of it. */
export interface Happening {
  readonly event: DocumentEvent;
  /** Default: what was to be said before. */
  readonly report?: Report;
  /** Of a document that was read and that is the upload's business. */
  readonly prepared?: Prepared;
  /** After a claim: the entry that the ledger had before it. */
  readonly entry?: Entry;
}

/**
 * Claims a run, so that no other process sends it; durable when it resolves.
 * During a pause the ledger remembers instead that it has to be sent.
 */
export async function claim(
  upload: UploadContext,
  prepared: Prepared,
): Promise<Happening> {
  const { ledger, traffic, input: { sources: { only } } } = upload;
  upload.signal.throwIfAborted();
  const key = await keyed(upload, prepared);
  const again = upload.isForced(prepared);
  const options = {
    again,
    rejectedToo: again || only !== undefined,
    document: prepared.onlyCopy,
  };
  if (traffic.isHeldUp) return await keep(upload, key, options);
  const answer = await ledger.claim(key, options);
  if (answer.kind === "busy") return busy(prepared);
  return answer.kind === "claimed"
    ? { event: "claimed", entry: answer.entry }
    : settled(upload, prepared, answer.entry);
}

/** A prepared run as the ledger knows it. */
async function keyed(
  { ledger, address }: UploadContext,
  prepared: Prepared,
): Promise<Prepared & EntryKey> {
  const key = { ...prepared, address };
  return { ...key, ...await ledger.knownAs(key) };
}

async function keep(
  upload: UploadContext,
  key: Prepared & EntryKey,
  { again, rejectedToo, document }: ClaimOptions,
): Promise<Happening> {
  const { ledger, traffic: { pace } } = upload;
  const known = ledger.find(key);
  const isSettled = known !== undefined && (isDone(known) && !again ||
    known.state === "rejected" && !rejectedToo);
  if (isSettled) return settled(upload, key, known);
  const { givenUp, cause, reason } = pace;
  const entry = await ledger.keep(key, { cause: givenUp ?? cause, document });
  if (isDone(entry)) return settled(upload, key, entry);
  const { attempts, httpStatus } = entry;
  return {
    event: givenUp === undefined ? "paused" : "given up",
    report: { ...key.blank, attempts, httpStatus, reason },
  };
}

/**
 * Whether the run of a document that a rule holds back is uploaded in another
 * form. Otherwise the ledger holds it, with the rules.
 */
export async function holdBack(
  upload: UploadContext,
  prepared: Prepared,
): Promise<Happening> {
  const { ledger } = upload;
  upload.signal.throwIfAborted();
  const key = await keyed(upload, prepared);
  const forms = [ledger.find(key), ...ledger.otherForms(key)];
  if (forms.some((one) => one?.state === "sending")) return busy(prepared);
  const { blank, blank: { issues }, onlyCopy: document } = prepared;
  const entry = await ledger.hold(key, { issues, document });
  return isDone(entry)
    ? settled(upload, prepared, entry)
    : { event: "not known", report: { ...blank, outcome: "invalid" } };
}

function settled(
  { ledger, address }: UploadContext,
  prepared: Prepared,
  entry: Entry,
): Happening {
  const others = ledger.otherForms({ ...prepared, address });
  const event = isDone(entry) ? "known uploaded" : "known rejected";
  return { event, report: settledReport(prepared, entry, others) };
}

function busy({ blank }: Prepared): Happening {
  const reason = "another request is sending it";
  return { event: "busy", report: { ...blank, reason } };
}
