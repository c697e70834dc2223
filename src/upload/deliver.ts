import { AppError } from "../system/app_error.ts";
import type { Finding } from "../runs/issue.ts";
import type { AnswerDetail } from "../standcloud/answer_details.ts";
import { Attempt, type AttemptOptions, type Tried } from "./attempt.ts";
import { knownAs } from "./known_as.ts";
import type { Entry, EntryKey, Settlement } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Pace } from "./pace.ts";
import type { Prepared } from "./prepare.ts";
import type { Report } from "./report.ts";
import type { Slots } from "./slots.ts";

export interface DeliverOptions extends AttemptOptions {
  /** Keeps back what has not been sent yet. */
  readonly signal: AbortSignal;
  readonly pace: Pace;
  /** For requests; claims are made and settled outside of them. */
  readonly slots: Slots;
  /** Also what was uploaded or rejected. */
  readonly force: boolean;
  /** Also what was rejected. */
  readonly rejectedToo: boolean;
  /** Of what is sent although it was uploaded: told from what was sent before. */
  readonly forcedSuffix: string;
  /** A rule keeps the document back: it is only told when another form is uploaded. */
  readonly isHeld: boolean;
}

/** `isFinal` false: another try may help. */
export interface Delivery {
  readonly report: Report;
  readonly isFinal: boolean;
  /** Another request of the same report is under way: come back soon. */
  readonly isBusy?: boolean;
  /** What ends the whole upload: the login is gone. */
  readonly ends?: unknown;
}

/**
 * Brings one report to StandCloud, unless the ledger knows better.
 *
 * @throws when the ledger cannot be written, which ends the whole upload.
 */
export async function deliver(
  prepared: Prepared,
  options: DeliverOptions,
): Promise<Delivery> {
  const { target: { ledger }, pace, force, rejectedToo } = options;
  const key = await knownAs(prepared, options.target);
  if (options.isHeld) return await heldBack(prepared, key, ledger);
  const isPaused = options.isPatient && pace.isPaused;
  if (pace.givenUp !== undefined || isPaused) {
    const known = ledger.find(key);
    const isSettled = known?.state === "uploaded" && !force ||
      known?.state === "rejected" && !force && !rejectedToo;
    if (known !== undefined && isSettled) return settledBefore(prepared, known);
    const cause = pace.givenUp ?? pace.cause;
    const kept = await keepWaiting(prepared, options, cause);
    return { ...kept, isFinal: pace.givenUp !== undefined };
  }
  const claim = await ledger.claim({ ...prepared, ...key }, {
    again: force,
    rejectedToo: force || rejectedToo,
    document: prepared.onlyCopy,
  });
  switch (claim.kind) {
    case "busy":
      return busy(prepared);
    case "claimed":
      return await send(prepared, claim.entry, options);
    default:
      return settledBefore(prepared, claim.entry);
  }
}

/** Another request of the same run is under way. */
export function busy({ blank }: Pick<Prepared, "blank">): Delivery {
  return {
    report: { ...blank, reason: "another request is sending it" },
    isFinal: false,
    isBusy: true,
  };
}

/** A rule keeps this form of the run back, but another form may be uploaded. */
async function heldBack(
  prepared: Prepared,
  key: EntryKey,
  ledger: Ledger,
): Promise<Delivery> {
  const facts = { ...prepared, ...key };
  const own = ledger.find(key);
  const states = [own, ...ledger.otherForms(facts)].map((one) => one?.state);
  if (states.includes("sending")) return busy(prepared);
  const entry = own?.state === "uploaded" ? own : await ledger.join(facts);
  return entry === undefined
    ? { report: { ...prepared.blank, outcome: "invalid" }, isFinal: true }
    : settledBefore(prepared, entry);
}

/** Nothing is tried any more; the ledger remembers that it has to be. */
async function keepWaiting(
  prepared: Prepared,
  { target: { ledger, service } }: DeliverOptions,
  cause: string,
): Promise<Delivery> {
  const { blank } = prepared;
  const key = { ...prepared, address: service.address.text };
  const entry = await ledger.keep(key, { cause, document: prepared.onlyCopy });
  if (entry.state === "uploaded") return settledBefore(prepared, entry);
  const { attempts, httpStatus } = entry;
  return {
    report: { ...blank, attempts, httpStatus, reason: cause },
    isFinal: true,
  };
}

/** What is said of a report that another request has brought to its end. */
export function settledBefore(
  { blank, source }: Pick<Prepared, "blank" | "source">,
  entry: Entry,
): Delivery {
  const { httpStatus, testRunId, attempts, isPossiblyDuplicate } = entry;
  const common = {
    ...blank,
    httpStatus,
    testRunId,
    attempts,
    isPossiblyDuplicate,
  };
  const when = entry.updatedAt.toISOString().slice(0, 19) + "Z";
  if (entry.state === "uploaded") {
    const same = entry.source === source ? "" : `as ${entry.source}, `;
    const reason = `${same}${when}`;
    return {
      report: { ...common, outcome: "already_uploaded", reason },
      isFinal: true,
    };
  }
  // `history retry` looks for it where it was then.
  const again = entry.source === source
    ? "standcloud history retry, or upload --force"
    : `upload --force; it was ${entry.source} then`;
  const reason = `refused ${when}: ${entry.cause}; to send it again: ${again}`;
  return { report: { ...common, outcome: "rejected", reason }, isFinal: true };
}

async function send(
  prepared: Prepared,
  entry: Entry,
  options: DeliverOptions,
): Promise<Delivery> {
  const { pace, slots, clock, target: { ledger } } = options;
  const suffix = options.force ? options.forcedSuffix : "";
  const idempotencyKey = prepared.digest + suffix;
  const attempt = new Attempt({ ...prepared, entry, idempotencyKey }, options);
  let tried: Tried;
  let startedAt = clock.monotonic();
  try {
    tried = await slots.use(() => {
      options.signal.throwIfAborted();
      startedAt = clock.monotonic();
      return attempt.run();
    });
  } catch (error) {
    const cause = error instanceof AppError ? error.message : "not sent";
    const unsent = attempt.unsent(cause);
    await ledger.settle(entry, lasting(entry, unsent));
    const report = reportOf(prepared, entry, {
      settlement: unsent,
      details: [],
    });
    return { report, isFinal: true, ends: error };
  }
  const { settlement, wait } = tried;
  await ledger.settle(entry, lasting(entry, settlement));
  if (settlement.state === "waiting") {
    const cause = settlement.cause ?? "not sent";
    await pace.failed(cause, { startedAt, wait });
  } else pace.succeeded();
  return {
    report: reportOf(prepared, entry, tried),
    isFinal: settlement.state !== "waiting",
  };
}

/** What was uploaded stays so, whatever becomes of it when it is sent once more. */
function lasting({ state }: Entry, settlement: Settlement): Settlement {
  if (state !== "uploaded" || settlement.state === "uploaded") {
    return settlement;
  }
  return {
    ...settlement,
    state,
    httpStatus: null,
    cause: null,
    nextTryAt: null,
  };
}

function reportOf(
  { blank, bytes }: Prepared,
  entry: Entry,
  { settlement, details }: Tried,
): Report {
  const { state, httpStatus, testRunId, requests } = settlement;
  const isFound = state === "uploaded" && requests === 0;
  return {
    ...blank,
    outcome: state,
    httpStatus,
    testRunId,
    attempts: entry.attempts + requests,
    isPossiblyDuplicate: entry.isPossiblyDuplicate ||
      settlement.isPossiblyDuplicate,
    bytes: requests > 0 && httpStatus !== null ? bytes : 0,
    issues: [...blank.issues, ...details.map(refusal)],
    reason: isFound
      ? "found at StandCloud, where it had come before"
      : settlement.state === "rejected"
      ? `StandCloud answers with HTTP ${httpStatus}`
      : settlement.cause,
  };
}

function refusal({ path, message }: AnswerDetail): Finding {
  return {
    severity: "error",
    rule: "refused-by-server",
    path,
    message,
    fix: "mend the test plan, or ask StandCloud's support",
  };
}
