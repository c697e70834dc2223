import type { Entry } from "../ledger/entry.ts";
import type { Ledger, Settlement } from "../ledger/ledger.ts";
import { hasArrived, type Receipt } from "./receipts.ts";

/** What a receipt did to the ledger. */
export interface Imported {
  readonly receipt: Receipt;
  /**
   * `uploaded`, `rejected`: so it is now. `known`: so it was before. `kept`: it
   * is uploaded or being sent here, whatever the receipt says. `waiting`: it
   * was not sent.
   */
  readonly change: "uploaded" | "rejected" | "known" | "kept" | "waiting";
  /** False: the ledger had never heard of it. */
  readonly isKnown: boolean;
}

/**
 * Takes over receipts of a connected PC. One that this stand does not know is
 * recorded too: the digest says what was uploaded, and a stand that exports
 * without an address keeps nothing of it. What is uploaded stays so.
 */
export async function importReceipts(
  ledger: Ledger,
  receipts: readonly Receipt[],
  onImport: (imported: Imported) => void,
): Promise<void> {
  for (let at = 0; at < receipts.length; at += AT_ONCE) {
    const imported = await Promise.all(
      receipts.slice(at, at + AT_ONCE).map((one) => importOne(ledger, one)),
    );
    imported.forEach(onImport);
  }
}

/** Entries in one transaction. */
const AT_ONCE = 1000;

async function importOne(ledger: Ledger, receipt: Receipt): Promise<Imported> {
  const { digest, address } = receipt;
  const settlement = settlementOf(receipt);
  const known = ledger.find({ digest, address });
  if (settlement === undefined) {
    const change = known?.state === "uploaded" ? "kept" : "waiting";
    return { receipt, change, isKnown: known !== undefined };
  }
  if (isSame(known, settlement)) {
    return { receipt, change: "known", isKnown: true };
  }
  const facts = {
    source: receipt.source,
    bytes: receipt.bytes,
    serialNumber: receipt.serial_number,
    partNumber: receipt.part_number,
    isFilled: known?.isFilled ?? false,
  };
  const before = await ledger.record({ digest, address, ...facts }, settlement);
  const isKept = before?.state === "sending" || before?.state === "uploaded";
  const change = isSame(before, settlement)
    ? "known"
    : isKept
    ? "kept"
    : settlement.state;
  return { receipt, change, isKnown: before !== undefined };
}

type Known = Settlement & { readonly state: "uploaded" | "rejected" };

/** Of what a server said, in the ledger. */
const CAUSE_CHARACTERS = 1000;

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
  };
}

function isSame(entry: Entry | undefined, { state, cause }: Known): boolean {
  if (entry?.state !== state) return false;
  return state === "uploaded" || entry.cause === cause;
}
