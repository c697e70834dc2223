import { resolve } from "node:path";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { examine, type Examined } from "../runs/examine.ts";
import { FormsMet, type FullerForms } from "../runs/forms_met.ts";
import { Attempt, type SendOutcome } from "./attempt.ts";
import {
  type DocumentAction,
  type DocumentEvent,
  type DocumentState,
  step,
} from "./document_states.ts";
import { knownAs } from "./known_as.ts";
import type { Entry, EntryKey } from "./ledger/entry.ts";
import type { Pace } from "./pace.ts";
import { type Prepared, prepareFrom } from "./prepare.ts";
import { type Report, sentReport, settledReport } from "./report.ts";
import { backoff } from "./retry_policy.ts";
import type { Room, Seat, Slots } from "./slots.ts";
import { keptSource, type UploadSource } from "./sources/upload_source.ts";
import type { UploadOptions } from "./upload_options.ts";

/** What all documents of an upload share. */
export interface Shared {
  readonly system: System;
  readonly upload: UploadOptions;
  /** Aborted when nothing more is to be sent, with the `AppError` that says why. */
  readonly signal: AbortSignal;
  /** Ends requests that are under way. */
  readonly cutOff: AbortSignal;
  readonly pace: Pace;
  /** For requests; claims are made and settled outside of them. */
  readonly slots: Slots;
  readonly room: Room;
  /** Fuller forms of runs that are at hand. */
  readonly forms: FullerForms;
  /** Runs that `--force` has sent: once, however often they come. */
  readonly forced: FormsMet;
  /** Distinguishes the requests of `--force` from those before. */
  readonly forcedSuffix: string;
  /** Told what ends the whole upload. */
  end(error: unknown): void;
}

const REST_MILLISECONDS = 1;
/** How soon another request of the same run is looked after. */
const BUSY_MILLISECONDS = 100;

/** Leaves requests their turn, when a document waits for one already. */
export async function rest(
  { slots, system }: Pick<Shared, "slots" | "system">,
): Promise<void> {
  if (slots.waiting > 0) await system.clock.sleep(REST_MILLISECONDS);
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

  /** Undefined when the document needs no report. The seat is given back. */
  send(examined: Examined, seat: Seat): Promise<Report | undefined> {
    // Only the promise is handed on: the document is not kept while it waits.
    return this.#follow(this.#prepare(examined, seat));
  }

  async #follow(prepared: Promise<DocumentEvent>): Promise<Report | undefined> {
    let event = await prepared;
    for (;;) {
      const { state, action } = step(this.#state, event);
      this.#state = state;
      this.#isBusy = event === "busy" || event === "fuller form under way";
      if (action === "report" || action === "drop") {
        this.#release(state === "waiting" || state === "held");
        return action === "report" ? this.#report : undefined;
      }
      event = await this.#perform(action).catch((error) => this.#stop(error));
    }
  }

  #perform(
    action: Exclude<DocumentAction, "report" | "drop">,
  ): Promise<DocumentEvent> {
    switch (action) {
      case "claim":
        return this.#claim();
      case "ask":
        return this.#ask();
      case "send":
        return this.#send();
      case "sleep":
        return this.#sleep();
      case "read":
        return this.#readAgain();
    }
  }

  async #prepare(examined: Examined, seat: Seat): Promise<DocumentEvent> {
    const { upload, forms } = this.#shared;
    const source = this.#source;
    this.#seat = seat;
    await rest(this.#shared);
    const heldAs = source.kind === "live" ? source.heldAs : undefined;
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
        return this.#busy(prepared);
      case "waiting":
        // Later: the fuller form may be uploaded by then, or gone.
        source.tryAgain?.();
        return "fuller form waiting";
    }
    forms.begin(prepared);
    this.#prepared = prepared;
    return kind === "held" ? "refused by a rule" : "sendable";
  }

  #busy({ blank }: Pick<Prepared, "blank">): DocumentEvent {
    this.#report = { ...blank, reason: "another request is sending it" };
    return "fuller form under way";
  }

  /** The document leaves memory, and its place is free. */
  #release(isWaiting: boolean): void {
    if (this.#prepared) this.#shared.forms.end(this.#prepared, { isWaiting });
    this.#prepared = undefined;
    this.#seat?.[Symbol.dispose]();
  }

  async #claim(): Promise<DocumentEvent> {
    const prepared = this.#current;
    const { upload, pace, signal } = this.#shared;
    const { target: { ledger }, rejectedToo } = upload;
    signal.throwIfAborted();
    const key = await knownAs(prepared, upload.target);
    const isPaused = this.#isPatient && pace.isPaused;
    const again = upload.force && !this.#wasForced(prepared);
    const options = { again, rejectedToo: again || rejectedToo };
    if (pace.givenUp !== undefined || isPaused) {
      return await this.#keep({ ...prepared, ...key }, options);
    }
    const document = prepared.onlyCopy;
    const claim = await ledger.claim(
      { ...prepared, ...key },
      { ...options, document },
    );
    if (claim.kind === "busy") {
      this.#busy(prepared);
      return "busy";
    }
    if (claim.kind !== "claimed") return this.#settled(claim.entry);
    this.#claimed = claim.entry;
    return "claimed";
  }

  /** Nothing is tried now; the ledger remembers that it has to be. */
  async #keep(
    key: Prepared & EntryKey,
    { again, rejectedToo }: { again: boolean; rejectedToo: boolean },
  ): Promise<DocumentEvent> {
    const { upload: { target: { ledger } }, pace } = this.#shared;
    const known = ledger.find(key);
    const isSettled = known?.state === "uploaded" && !again ||
      known?.state === "rejected" && !rejectedToo;
    if (known !== undefined && isSettled) return this.#settled(known);
    const cause = pace.givenUp ?? pace.cause;
    const entry = await ledger.keep(key, { cause, document: key.onlyCopy });
    if (entry.state === "uploaded") return this.#settled(entry);
    const { attempts, httpStatus } = entry;
    this.#report = { ...key.blank, attempts, httpStatus, reason: cause };
    return pace.givenUp === undefined ? "paused" : "given up";
  }

  /** Whether the run of a document that a rule holds back is uploaded in another form. */
  async #ask(): Promise<DocumentEvent> {
    const prepared = this.#current;
    const { target } = this.#shared.upload;
    this.#shared.signal.throwIfAborted();
    const key = await knownAs(prepared, target);
    const facts = { ...prepared, ...key };
    const own = target.ledger.find(key);
    const forms = [own, ...target.ledger.otherForms(facts)];
    if (forms.some((one) => one?.state === "sending")) {
      this.#busy(prepared);
      return "busy";
    }
    const entry = own?.state === "uploaded"
      ? own
      : await target.ledger.join(facts);
    if (entry !== undefined) return this.#settled(entry);
    this.#report = { ...prepared.blank, outcome: "invalid" };
    return "not known";
  }

  #settled(entry: Entry): DocumentEvent {
    this.#report = settledReport(this.#current, entry);
    return entry.state === "uploaded" ? "known uploaded" : "known rejected";
  }

  async #send(): Promise<DocumentEvent> {
    const { slots, pace, upload, signal, system } = this.#shared;
    const prepared = this.#current;
    const entry = this.#entry;
    const attempt = this.#attempt(prepared, entry);
    let startedAt = system.clock.monotonic();
    let outcome: SendOutcome;
    try {
      outcome = await slots.use(() => {
        signal.throwIfAborted();
        startedAt = system.clock.monotonic();
        return attempt.run();
      });
    } catch (error) {
      const cause = error instanceof AppError ? error.message : "not sent";
      outcome = attempt.unsent(cause);
      await upload.target.ledger.settle(entry, lasting(entry, outcome));
      this.#report = sentReport(prepared, entry, outcome);
      return this.#stop(error, this.#report);
    }
    await upload.target.ledger.settle(entry, lasting(entry, outcome));
    this.#report = sentReport(prepared, entry, outcome);
    if (outcome.state !== "waiting") {
      pace.succeeded();
      this.#noteForced(prepared);
      return outcome.state === "uploaded" ? "arrived" : "refused";
    }
    const cause = outcome.cause ?? "not sent";
    await pace.failed(cause, { startedAt, wait: outcome.waitMilliseconds });
    return "failed";
  }

  #attempt(prepared: Prepared, entry: Entry): Attempt {
    const { upload, system, cutOff, forcedSuffix } = this.#shared;
    const suffix = upload.force && !this.#wasForced(prepared)
      ? forcedSuffix
      : "";
    const idempotencyKey = prepared.digest + suffix;
    return new Attempt({ ...prepared, entry, idempotencyKey }, {
      ...upload,
      clock: system.clock,
      cutOff,
      isPatient: this.#isPatient,
    });
  }

  /** What ends the whole upload. */
  #stop(error: unknown, report?: Report): DocumentEvent {
    const { signal, end } = this.#shared;
    end(error);
    const reason = signal.reason?.message ?? "not sent";
    const blank = this.#report ?? this.#prepared?.blank;
    this.#report = report ?? (blank && { ...blank, reason });
    return "stopped";
  }

  /** Waits until it is time for another try, or until that would take too long. */
  async #sleep(): Promise<DocumentEvent> {
    this.#release(true);
    const { system: { clock }, upload, signal, pace } = this.#shared;
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
    return await pace.ready() ? "due" : "too late";
  }

  async #readAgain(): Promise<DocumentEvent> {
    const seat = await this.#turn();
    const report = this.#report;
    if (seat === undefined || report === undefined) return "stopped";
    const same = await this.#find(report);
    if (same === undefined) {
      seat[Symbol.dispose]();
      return this.#gone(report);
    }
    if (this.#source.kind === "live") {
      // It does not take the place of a later state any more.
      this.#source = { ...this.#source, heldAs: this.#keyOf(report) };
    }
    return await this.#prepare(same, seat);
  }

  /**
   * A place in memory. Thousands of documents may wait, and the first of them
   * find that StandCloud is still away: the others are not read in vain.
   */
  async #turn(): Promise<Seat | undefined> {
    const { room, pace } = this.#shared;
    for (;;) {
      const seat = await room.enter();
      if (!this.#isPatient || !pace.isPaused) return seat;
      seat[Symbol.dispose]();
      if (!await pace.ready()) return undefined;
    }
  }

  /** In its source, where another run may have taken its place, or as the ledger keeps it. */
  async #find(report: Report): Promise<Examined | undefined> {
    const { system, upload } = this.#shared;
    const source = this.#source;
    const now = system.clock.now();
    const same = (await examine(source, { now })).find((one) =>
      one.source === report.source && isRun(one, source, report)
    );
    if (same !== undefined) return same;
    const key = this.#keyOf(report);
    const wire = key && upload.target.ledger.documentOf(key);
    if (wire === undefined) return undefined;
    const [kept] = await examine(keptSource(source.name, wire), { now });
    return kept;
  }

  /** Another process that was sending it may have moved the file away. */
  #gone(report: Report): DocumentEvent {
    const { upload, forms } = this.#shared;
    const { name, kind } = this.#source;
    const key = this.#keyOf(report);
    const entry = key && upload.target.ledger.find(key);
    if (entry?.state === "uploaded" || entry?.state === "rejected") {
      const source = resolve(report.source);
      this.#report = settledReport({ blank: report, source }, entry);
      return entry.state === "uploaded" ? "known uploaded" : "known rejected";
    }
    if (entry?.state === "sending") return "busy";
    if (report.digest !== null) forms.forget(report.digest);
    // A later state of the run has taken its place in the ledger.
    if (entry === undefined && kind === "live") return "not meant";
    this.#report = { ...report, reason: `"${name}" is gone, or has changed` };
    return "gone";
  }

  /** By which the ledger knows it; undefined for what is no run. */
  #keyOf({ digest }: Report): EntryKey | undefined {
    const address = this.#shared.upload.target.service.address.text;
    return digest === null ? undefined : { address, digest };
  }

  get #isPatient(): boolean {
    return this.#shared.upload.retryMilliseconds === Infinity;
  }

  get #current(): Prepared {
    if (this.#prepared === undefined) throw new Error("No document is read");
    return this.#prepared;
  }

  get #entry(): Entry {
    if (this.#claimed === undefined) throw new Error("Nothing is claimed");
    return this.#claimed;
  }

  #wasForced(prepared: Prepared): boolean {
    return this.#shared.forced.has(prepared);
  }

  #noteForced(prepared: Prepared): void {
    if (this.#shared.upload.force) this.#shared.forced.add(prepared);
  }
}

/** Whether a document of the source is the one that a report is about. */
function isRun(
  { run }: Examined,
  source: UploadSource,
  { digest }: Report,
): boolean {
  const known = source.kind === "bundle"
    ? source.document.digest
    : run?.digest();
  return known === digest || run?.formerDigest() === digest;
}

/** What was uploaded stays so, whatever becomes of it when it is sent once more. */
function lasting({ state }: Entry, outcome: SendOutcome): SendOutcome {
  if (state !== "uploaded" || outcome.state === "uploaded") return outcome;
  return { ...outcome, state, httpStatus: null, cause: null, nextTryAt: null };
}
