import type { System } from "../../system/system.ts";
import {
  CAUSE_CHARACTERS,
  type Entry,
  type Settlement,
} from "../ledger/entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { refusal } from "../report/known_report.ts";
import { hasArrived, type Receipt } from "./receipts.ts";

/** What a receipt did to the ledger. */
export interface Imported {
  readonly receipt: Receipt;
  /**
   * `uploaded`, `rejected`: so it is now. `known`: so it was before. `kept`: it
   * is uploaded here, whatever the receipt says. `waiting`: it was not sent, or
   * it is busy.
   */
  readonly change: "uploaded" | "rejected" | "known" | "kept" | "waiting";
  /** It is being sent here right now: what the receipt says was not taken over. */
  readonly isBusy: boolean;
  /** False: the ledger had never heard of it. */
  readonly isKnown: boolean;
}

/**
 * Takes over receipts of a connected PC. One that this stand does not know is
 * recorded too: the digest says what was uploaded, and a stand that exports
 * without an address keeps nothing of it. What is uploaded stays so.
 */
export async function importReceipts(
  { ledger, clock, interrupted }:
    & Pick<System, "clock" | "interrupted">
    & { readonly ledger: Ledger },
  receipts: readonly Receipt[],
  onImport: (imported: Imported) => void,
): Promise<void> {
  const deadline = clock.monotonic() + PATIENCE_MILLISECONDS;
  for (let rest = receipts; rest.length > 0;) {
    const mayWait = clock.monotonic() < deadline;
    const busy: Receipt[] = [];
    await ledger.recover();
    for (let at = 0; at < rest.length; at += AT_ONCE) {
      const imported = await Promise.all(
        rest.slice(at, at + AT_ONCE).map((one) => importOne(ledger, one)),
      );
      for (const one of imported) {
        if (one.isBusy && mayWait) busy.push(one.receipt);
        else onImport(one);
      }
    }
    rest = busy;
    if (busy.length > 0) await clock.sleep(BUSY_MILLISECONDS, interrupted);
    interrupted.throwIfAborted();
  }
}

/** Entries in one transaction. */
const AT_ONCE = 1000;

/** How long reports that are being sent here are waited for: a request is seldom slower. */
const PATIENCE_MILLISECONDS = 5000;
const BUSY_MILLISECONDS = 100;

async function importOne(ledger: Ledger, receipt: Receipt): Promise<Imported> {
  const settlement = settlementOf(receipt);
  const { digest, address } = ledger.adopted(receipt);
  const known = ledger.find({ digest, address });
  if (isSame(known, settlement)) {
    return { receipt, change: "known", isBusy: false, isKnown: true };
  }
  const facts = {
    digest,
    address,
    source: receipt.source,
    bytes: receipt.bytes,
    serialNumber: receipt.serial_number,
    partNumber: receipt.part_number,
    form: receipt.form ?? null,
    runKey: receipt.run_key ?? null,
    place: receipt.place ?? null,
    isFilled: known?.isFilled ?? false,
  };
  if (settlement === undefined) {
    // The PC may have sent it without an answer.
    if (known === undefined || known.state === "waiting" && !known.isUnknown) {
      const cause = receipt.reason ?? "waits at another computer";
      await ledger.keep({ ...facts, mayBeStored: true }, { cause });
    }
    const change = known?.state === "uploaded" ? "kept" : "waiting";
    return { receipt, change, isBusy: false, isKnown: known !== undefined };
  }
  const before = await ledger.record(facts, settlement);
  const isBusy = before?.state === "sending";
  const change = isSame(before, settlement)
    ? "known"
    : isBusy
    ? "waiting"
    : before?.state === "uploaded"
    ? "kept"
    : settlement.state;
  return { receipt, change, isBusy, isKnown: before !== undefined };
}

type Known = Settlement & { readonly state: "uploaded" | "rejected" };

/** Undefined for what was not sent. */
function settlementOf(receipt: Receipt): Known | undefined {
  const state = hasArrived(receipt)
    ? "uploaded"
    : receipt.outcome === "rejected"
    ? "rejected"
    : undefined;
  if (state === undefined) return undefined;
  const { reason, issues, time } = receipt;
  const said = [reason, ...issues.map(({ message }) => message)]
    .filter((text) => text !== null).join("; ");
  const cause = state === "uploaded"
    ? `uploaded by courier at ${time}`
    : said || "StandCloud refused it";
  return {
    state,
    requests: 0,
    httpStatus: receipt.http_status,
    cause: cause.slice(0, CAUSE_CHARACTERS),
    testRunId: receipt.test_run_id,
    isUnknown: false,
    isPossiblyDuplicate: false,
    nextTryAt: null,
    issues: state === "rejected" ? issues.map(refusal) : [],
  };
}

function isSame(
  entry: Entry | undefined,
  settlement: Known | undefined,
): boolean {
  if (settlement === undefined || entry?.state !== settlement.state) {
    return false;
  }
  return entry.state === "uploaded" || entry.cause === settlement.cause;
}
