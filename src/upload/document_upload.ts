import type { Examined } from "../runs/examine.ts";
import { Attempt } from "./attempt.ts";
import {
  askLedger,
  busyReport,
  claimRun,
  type Happened,
  otherSerialNumbersOf,
} from "./claim_run.ts";
import {
  type DocumentAction,
  type DocumentEvent,
  type DocumentState,
  step,
} from "./document_states.ts";
import type { Entry, Settlement } from "./ledger/entry.ts";
import { type Prepared, prepareFrom } from "./prepare.ts";
import { asHeld, findAgain, whenGone } from "./read_again.ts";
import { sentReport } from "./report/known_report.ts";
import type { Report } from "./report/report.ts";
import { backoff } from "./traffic/pace.ts";
import type { Shared } from "./shared.ts";
import type { Seat } from "./traffic/places.ts";
import { isLive, type UploadSource } from "./sources/upload_source.ts";

/** How soon another request of the same run is looked after. */
const BUSY_MILLISECONDS = 100;

/** How it ends: without a report when the document needs none. */
export interface Ending {
  readonly report?: Report;
  /** The digest of a document that is to come once more, after others. */
  readonly putOff?: string;
}

/** Brings one document to StandCloud, in as many tries as it takes. */
export class DocumentUpload {
  readonly #shared: Shared;
  #source: UploadSource;
  #state: DocumentState = "reading";
  #prepared: Prepared | undefined;
  #seat: Seat | undefined;
  #claimed: Entry | undefined;
  #report: Report | undefined;
  #isBusy = false;
  #pauses = 0;
  readonly #begin: number;

  constructor(shared: Shared, source: UploadSource) {
    this.#shared = shared;
    this.#source = source;
    this.#begin = shared.system.clock.monotonic();
  }

  /** The seat is given back. */
  send(examined: Examined, seat: Seat): Promise<Ending> {
    // Only the promise is handed on: the document is not kept while it waits.
    return this.#follow(this.#prepare(examined, seat));
  }

  async #follow(prepared: Promise<DocumentEvent>): Promise<Ending> {
    let event = await prepared;
    for (;;) {
      const { state, action } = step(this.#state, event);
      this.#state = state;
      this.#isBusy = event === "busy" || event === "fuller form under way";
      if (action === "report" || action === "drop" || action === "put off") {
        this.#release(state === "waiting" || state === "held");
        const report = this.#report;
        if (action === "put off") return { putOff: report?.digest ?? "" };
        return action === "report" && report !== undefined ? { report } : {};
      }
      event = await this.#perform(action).catch((error) => this.#stop(error));
    }
  }

  #perform(
    action: Exclude<DocumentAction, "report" | "drop" | "put off">,
  ): Promise<DocumentEvent> {
    switch (action) {
      case "claim":
        return this.#note(claimRun(this.#shared, this.#current));
      case "ask":
        return this.#note(askLedger(this.#shared, this.#current));
      case "send":
        return this.#send();
      case "sleep":
        return this.#sleep();
      case "read":
        return this.#readAgain();
    }
  }

  async #note(happening: Promise<Happened>): Promise<DocumentEvent> {
    const { event, report, entry } = await happening;
    this.#report = report ?? this.#report;
    this.#claimed = entry;
    const wasSentElsewhere = event === "known uploaded" && this.#pauses > 0;
    if (wasSentElsewhere) this.#shared.traffic.pace.succeeded();
    return event;
  }

  async #prepare(examined: Examined, seat: Seat): Promise<DocumentEvent> {
    const { upload, forms } = this.#shared;
    const source = this.#source;
    this.#seat = seat;
    await this.#shared.traffic.rest();
    const heldAs = isLive(source) ? source.heldAs : undefined;
    if (heldAs && !upload.target.ledger.find(heldAs)) return "not meant";
    seat.hold(examined.text?.length ?? 0);
    const preparation = prepareFrom(examined, source, upload);
    if (preparation.kind === "ignore") {
      if (preparation.note) upload.onPassedOver(preparation.note);
      return "not meant";
    }
    if (preparation.kind === "report") {
      this.#report = preparation.report;
      return "not sendable";
    }
    const { prepared, kind } = preparation;
    this.#report = prepared.blank;
    switch (forms.stateOf(prepared)) {
      case "under way":
        this.#report = busyReport(prepared, "a fuller form is sent first");
        return "fuller form under way";
      case "waiting":
        // Later: the fuller form may be uploaded by then, or gone.
        source.tryAgain?.();
        return "fuller form waiting";
    }
    if (this.#shared.isForLater(prepared, source)) return "not yet";
    forms.begin(prepared);
    this.#prepared = prepared;
    return kind === "held" ? "refused by a rule" : "sendable";
  }

  /** The document leaves memory, and its place is free. */
  #release(isWaiting: boolean): void {
    // While another request sends the run, lesser forms still wait for this one.
    if (this.#prepared && !(isWaiting && this.#isBusy)) {
      this.#shared.forms.end(this.#prepared, { isWaiting });
    }
    this.#prepared = undefined;
    this.#seat?.[Symbol.dispose]();
  }

  async #send(): Promise<DocumentEvent> {
    const { traffic: { slots, pace }, upload, signal, system } = this.#shared;
    const prepared = this.#current;
    const entry = this.#entry;
    const attempt = this.#attempt(prepared, entry);
    let startedAt = system.clock.monotonic();
    let outcome: Settlement;
    try {
      outcome = await slots.use(() => {
        signal.throwIfAborted();
        startedAt = system.clock.monotonic();
        return attempt.run();
      }, () => attempt.isCrowded);
    } catch (error) {
      outcome = attempt.unsent(error);
      await this.#settle(outcome);
      return this.#stop(error, this.#report);
    }
    await this.#settle(outcome);
    if (outcome.state !== "waiting") {
      pace.succeeded();
      if (upload.force) this.#shared.forced.add(prepared);
      return outcome.state === "uploaded" ? "arrived" : "refused";
    }
    const cause = outcome.cause ?? "not sent";
    const { nextTryAt } = outcome;
    const wait = nextTryAt === null
      ? undefined
      : nextTryAt.getTime() - system.clock.now().getTime();
    await pace.failed(cause, { startedAt, wait });
    return "failed";
  }

  async #settle(outcome: Settlement): Promise<void> {
    const { ledger } = this.#shared.upload.target;
    await ledger.settle(this.#entry, lasting(this.#entry, outcome));
    this.#report = sentReport(this.#current, this.#entry, outcome);
  }

  #attempt(prepared: Prepared, entry: Entry): Attempt {
    const { upload, system, cutOff, forcedSuffix } = this.#shared;
    const isForced = upload.force && !this.#shared.forced.has(prepared);
    const idempotencyKey = prepared.digest + (isForced ? forcedSuffix : "");
    const otherSerialNumbers = otherSerialNumbersOf(prepared, entry, upload);
    const parcel = { ...prepared, entry, otherSerialNumbers, idempotencyKey };
    const more = {
      clock: system.clock,
      isPatient: this.#shared.traffic.isPatient,
    };
    return new Attempt(parcel, { ...upload, ...more, cutOff });
  }

  /** What ends the whole upload. */
  #stop(error: unknown, report?: Report): DocumentEvent {
    this.#shared.end(error);
    const { message: reason = "not sent", httpStatus = null } =
      this.#shared.signal.reason ?? {};
    const blank = this.#report ?? this.#prepared?.blank;
    this.#report = report ?? (blank && { ...blank, reason, httpStatus });
    return "stopped";
  }

  /** Waits until it is time for another try, or until that would take too long. */
  async #sleep(): Promise<DocumentEvent> {
    this.#release(true);
    this.#source = asHeld(this.#shared, this.#source, this.#report);
    const { system: { clock }, upload, signal, traffic } = this.#shared;
    const { retryMilliseconds, timeoutMilliseconds, target } = upload;
    const isBusy = this.#isBusy;
    this.#pauses++;
    const wait = isBusy
      ? BUSY_MILLISECONDS
      : backoff(this.#pauses, Math.random());
    // The other request needs its time too.
    const budget = isBusy
      ? Math.max(retryMilliseconds, 2 * timeoutMilliseconds)
      : retryMilliseconds;
    if (clock.monotonic() + wait - this.#begin > budget) return "too late";
    await clock.sleep(wait, signal);
    if (isBusy) await target.ledger.recover();
    return await traffic.pace.ready() ? "due" : "too late";
  }

  async #readAgain(): Promise<DocumentEvent> {
    const seat = await this.#shared.traffic.turn();
    const report = this.#report;
    if (seat === undefined || report === undefined) return "stopped";
    const same = await findAgain(this.#shared, this.#source, report);
    if (same === undefined) {
      seat[Symbol.dispose]();
      const gone = whenGone(this.#shared, this.#source, report);
      return await this.#note(Promise.resolve(gone));
    }
    return await this.#prepare(same, seat);
  }

  get #current(): Prepared {
    if (this.#prepared === undefined) throw new Error("No document is read");
    return this.#prepared;
  }

  get #entry(): Entry {
    if (this.#claimed === undefined) throw new Error("Nothing is claimed");
    return this.#claimed;
  }
}

/** What was uploaded stays so, whatever becomes of it when it is sent once more. */
function lasting({ state }: Entry, settlement: Settlement): Settlement {
  if (state !== "uploaded" || settlement.state === "uploaded") {
    return settlement;
  }
  const known = { httpStatus: null, cause: null, nextTryAt: null };
  return { ...settlement, ...known, state };
}
