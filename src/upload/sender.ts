import { resolve } from "node:path";
import type { System } from "../system/system.ts";
import { examine, type Examined } from "../runs/examine.ts";
import { type Delivery, settledBefore } from "./deliver.ts";
import { Deliverer, type SenderOptions } from "./deliverer.ts";
import type { EntryKey } from "./ledger/entry.ts";
import { prepareFrom } from "./prepare.ts";
import type { Report } from "./report.ts";
import { backoff } from "./retry_policy.ts";
import type { Seat } from "./slots.ts";
import type { UploadOptions } from "./upload_options.ts";
import { keptSource, type UploadSource } from "./sources/upload_source.ts";

/** One try: what is known now, and no `delivery` when there is nothing to send. */
interface Tried {
  readonly report: Report;
  readonly delivery?: Delivery;
}

const REST_MILLISECONDS = 1;

/** How soon another request of the same report is looked after. */
const BUSY_MILLISECONDS = 100;

/** Sends documents, each as often as it takes. */
export class Sender {
  readonly #system: System;
  readonly #upload: UploadOptions;
  readonly #options: SenderOptions;
  readonly #deliverer: Deliverer;

  constructor(system: System, upload: UploadOptions, options: SenderOptions) {
    this.#system = system;
    this.#upload = upload;
    this.#options = options;
    this.#deliverer = new Deliverer(system, upload, options);
  }

  /** Whether it is worth reading the next file; a patient one reads on, to know what waits. */
  async ready(): Promise<void> {
    const { isPatient, pace } = this.#deliverer;
    if (!isPatient) await pace.ready();
  }

  /** Leaves requests their turn, when a document waits for one already: the next is in no hurry. */
  async rest(): Promise<void> {
    const { slots } = this.#deliverer;
    const { clock } = this.#system;
    if (slots.waiting > 0) await clock.sleep(REST_MILLISECONDS);
  }

  /** Undefined: nobody wants to hear of it. The seat is given back. */
  send(
    examined: Examined,
    { source, seat }: { source: UploadSource; seat: Seat },
  ): Promise<Report | undefined> {
    // Only the promise is handed on: the document is not kept while it waits.
    return this.#follow(this.#try(examined, { source, seat }), source);
  }

  async #follow(
    tried: Promise<Tried | undefined>,
    source: UploadSource,
  ): Promise<Report | undefined> {
    const first = await tried;
    if (first?.delivery === undefined) return first?.report;
    let { delivery } = first;
    const begin = this.#system.clock.monotonic();
    for (let tries = 1; !delivery.isFinal; tries++) {
      if (!await this.#mayTryAgain(delivery, { begin, tries })) break;
      const next = await this.#again(delivery.report, source);
      if (next === undefined) return undefined;
      delivery = next;
    }
    return delivery.report;
  }

  /** Waits until it is time; false when it would take too long. */
  async #mayTryAgain(
    { isBusy = false }: Delivery,
    { begin, tries }: { begin: number; tries: number },
  ): Promise<boolean> {
    const { clock } = this.#system;
    const { retryMilliseconds, timeoutMilliseconds, target } = this.#upload;
    const wait = isBusy ? BUSY_MILLISECONDS : backoff(tries, Math.random());
    // The other one needs its time too.
    const budget = isBusy
      ? Math.max(retryMilliseconds, 2 * timeoutMilliseconds)
      : retryMilliseconds;
    if (clock.monotonic() + wait - begin > budget) return false;
    await clock.sleep(wait, this.#options.signal);
    if (isBusy) await target.ledger.recover();
    return await this.#deliverer.pace.ready();
  }

  /**
   * Thousands may wait, and the first of them find that StandCloud is still
   * away: the others are not read in vain. Undefined when nothing more is tried.
   */
  async #turn(): Promise<Seat | undefined> {
    const { isPatient, pace } = this.#deliverer;
    for (;;) {
      const seat = await this.#options.room.enter();
      if (!isPatient || !pace.isPaused) return seat;
      seat[Symbol.dispose]();
      if (!await pace.ready()) return undefined;
    }
  }

  /** Undefined when the run needs no report line any more. */
  async #again(
    report: Report,
    source: UploadSource,
  ): Promise<Delivery | undefined> {
    const seat = await this.#turn();
    if (seat === undefined) return { report, isFinal: true };
    const same = await this.#find(report, source);
    if (same !== undefined) {
      // It does not take the place of a later state any more.
      const held = source.kind === "live"
        ? { ...source, heldAs: this.#keyOf(report) }
        : source;
      const again = { source: held, seat };
      const tried = await this.#try(same, again);
      return tried && (tried.delivery ?? { ...tried, isFinal: true });
    }
    seat[Symbol.dispose]();
    return this.#gone(report, source);
  }

  /** In its source, where another run may have taken its place, or as the ledger keeps it. */
  async #find(
    report: Report,
    source: UploadSource,
  ): Promise<Examined | undefined> {
    const now = this.#system.clock.now();
    const same = (await examine(source, { now })).find((one) =>
      one.source === report.source && isRun(one, source, report)
    );
    if (same !== undefined) return same;
    const key = this.#keyOf(report);
    const wire = key && this.#upload.target.ledger.documentOf(key);
    if (wire === undefined) return undefined;
    const [kept] = await examine(keptSource(source.name, wire), { now });
    return kept;
  }

  /** By which the ledger knows it; undefined for what is no run. */
  #keyOf({ digest }: Report): EntryKey | undefined {
    const address = this.#upload.target.service.address.text;
    return digest === null ? undefined : { address, digest };
  }

  /** Whoever else was sending it may have moved the file away. */
  #gone(report: Report, { name, kind }: UploadSource): Delivery | undefined {
    const key = this.#keyOf(report);
    const entry = key && this.#upload.target.ledger.find(key);
    switch (entry?.state) {
      case "uploaded":
      case "rejected": {
        const source = resolve(report.source);
        return settledBefore({ blank: report, source }, entry);
      }
      case "sending":
        return { report, isFinal: false, isBusy: true };
      default: {
        if (report.digest !== null) this.#deliverer.forget(report.digest);
        // A later state of the run has taken its place in the ledger.
        if (entry === undefined && kind === "live") return undefined;
        const reason = `"${name}" is gone, or has changed`;
        return { report: { ...report, reason }, isFinal: true };
      }
    }
  }

  async #try(
    examined: Examined,
    { source, seat }: { source: UploadSource; seat: Seat },
  ): Promise<Tried | undefined> {
    using _held = seat;
    await this.rest();
    const heldAs = source.kind === "live" ? source.heldAs : undefined;
    const { ledger } = this.#upload.target;
    // A later state of the run is sent in its place.
    if (heldAs && ledger.find(heldAs) === undefined) return undefined;
    seat.hold(examined.text?.length ?? 0);
    const preparation = prepareFrom(examined, source, this.#upload);
    if (preparation.kind === "ignore") {
      const { note } = preparation;
      if (note !== undefined) this.#upload.onPassedOver(note);
      return undefined;
    }
    if (preparation.kind === "report") return { report: preparation.report };
    const { prepared, kind } = preparation;
    const delivery = await this.#deliverer.deliver(prepared, kind === "held");
    // Later: the fuller form of the run may be uploaded by then, or gone.
    if (delivery === undefined) source.tryAgain?.();
    return delivery && { report: delivery.report, delivery };
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
