import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { examine, type Examined } from "../runs/examine.ts";
import { deliver, type DeliverOptions, type Delivery } from "./deliver.ts";
import { examineSettled } from "./examine_settled.ts";
import { FileTally } from "./file_tally.ts";
import type { Entry } from "./ledger/entry.ts";
import type { UploadOptions } from "./upload_options.ts";
import { Pace } from "./pace.ts";
import { prepare, type Prepared } from "./prepare.ts";
import {
  blankReport,
  lostReport,
  type Report,
  Tally,
  type UploadResult,
} from "./report.ts";
import { backoff } from "./retry_policy.ts";
import { Room, Slots } from "./slots.ts";
import type { UploadSource } from "./upload_source.ts";

/**
 * Uploads run documents, one request per report. A document that is invalid,
 * refused or has to wait does not keep the others back; a login that ends and
 * Ctrl-C do. Every document gets its report in any case.
 */
export async function uploadRuns(
  system: System,
  options: UploadOptions,
): Promise<UploadResult> {
  const started = system.clock.monotonic();
  const upload = new Upload(system, options);
  const stopped = await upload.run();
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { ...upload.tally, seconds, stopped };
}

/** Documents in memory for each request that may be under way: while some are sent, others get ready. */
const DOCUMENTS_PER_REQUEST = 3;
const ROOM_BYTES = 64 * 1024 * 1024;
const BUSY_MILLISECONDS = 100;

class Upload {
  readonly tally = new Tally();
  readonly #system: System;
  readonly #options: UploadOptions;
  readonly #deliverOptions: DeliverOptions;
  readonly #room: Room;
  readonly #tasks = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #now: Date;
  readonly #missing: Map<string, Entry>;

  constructor(system: System, options: UploadOptions) {
    const { clock, interrupted } = system;
    const { concurrency, target, retryMilliseconds } = options;
    this.#system = system;
    this.#options = options;
    this.#now = clock.now();
    this.#missing = new Map(options.only);
    this.#signal = AbortSignal.any([this.#stop.signal, interrupted]);
    const documents = concurrency * DOCUMENTS_PER_REQUEST;
    this.#room = new Room({ documents, bytes: ROOM_BYTES });
    this.#deliverOptions = {
      ...options,
      clock,
      signal: this.#signal,
      isPatient: retryMilliseconds === Infinity,
      slots: new Slots(concurrency),
      forcedSuffix: `-${this.#now.getTime()}`,
      pace: new Pace({
        clock,
        random: Math.random,
        ledger: target.ledger,
        address: target.service.address.text,
        retryMilliseconds,
        signal: this.#signal,
        onPause: options.onPause,
      }),
    };
  }

  async run(): Promise<AppError | undefined> {
    await this.#options.target.ledger.begin();
    await this.#read();
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    for (const entry of this.#missing.values()) this.#report(lostReport(entry));
    return this.#stopped;
  }

  get #stopped(): AppError | undefined {
    return this.#signal.aborted ? this.#signal.reason : undefined;
  }

  async #read(): Promise<void> {
    const { pace } = this.#deliverOptions;
    for await (const source of this.#options.sources) {
      await pace.ready();
      await this.#room.available();
      if (this.#stopped !== undefined) this.#report(this.#unread(source));
      else await this.#take(source);
    }
  }

  /** Starts a task for each document of a file. */
  async #take(source: UploadSource): Promise<void> {
    const examined = await examineSettled(source, {
      now: this.#now,
      clock: this.#system.clock,
      signal: this.#signal,
    });
    const file = new FileTally(
      examined.length,
      (reports) => this.#options.onFile(source, reports),
    );
    for (const one of examined) {
      await this.#room.available();
      const task = this.#handle(one, source)
        .then((report) => {
          if (report !== undefined) this.#report(report);
          return file.add(report);
        })
        .catch((error) => this.#end(error));
      const tracked = task.finally(() => this.#tasks.delete(tracked));
      this.#tasks.add(tracked);
    }
  }

  /** Undefined: nobody wants to hear of it. */
  async #handle(
    examined: Examined,
    source: UploadSource,
  ): Promise<Report | undefined> {
    const first = await this.#try(examined, source);
    if (first?.delivery === undefined) return first?.report;
    let { delivery } = first;
    const begin = this.#system.clock.monotonic();
    for (let tries = 1; !delivery.isFinal; tries++) {
      if (!await this.#mayTryAgain(delivery, { begin, tries })) break;
      const next = await this.#again(delivery.report, source);
      if (next === undefined) {
        const reason = `"${source.name}" is gone, or has changed`;
        return { ...delivery.report, reason };
      }
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
    const { retryMilliseconds, timeoutMilliseconds, target } = this.#options;
    const wait = isBusy ? BUSY_MILLISECONDS : backoff(tries, Math.random());
    // The other one needs its time too.
    const budget = isBusy
      ? Math.max(retryMilliseconds, 2 * timeoutMilliseconds)
      : retryMilliseconds;
    if (clock.monotonic() + wait - begin > budget) return false;
    await clock.sleep(wait, this.#signal);
    if (isBusy) await target.ledger.recover();
    return await this.#deliverOptions.pace.ready();
  }

  /** Undefined when the source does not hold the report any more. */
  async #again(
    { digest, source: name }: Report,
    source: UploadSource,
  ): Promise<Delivery | undefined> {
    await this.#room.available();
    for (const one of await examine(source, { now: this.#now })) {
      if (one.source !== name) continue;
      const tried = await this.#try(one, source);
      if (tried?.report.digest === digest) return tried.delivery;
    }
    return undefined;
  }

  /** One try; no `delivery` when there is nothing to send. */
  async #try(
    examined: Examined,
    { isFound }: UploadSource,
  ): Promise<{ report: Report; delivery?: Delivery } | undefined> {
    const size = examined.text?.length ?? 0;
    this.#room.take(size);
    try {
      const preparation = await prepare(examined, {
        ...this.#options,
        leaveUnfinished: isFound,
      });
      if (preparation.kind === "ignore") return undefined;
      if (preparation.kind !== "send") return { report: preparation.report };
      const delivery = await this.#deliver(preparation.prepared);
      return { report: delivery.report, delivery };
    } finally {
      this.#room.giveBack(size);
    }
  }

  async #deliver(prepared: Prepared): Promise<Delivery> {
    try {
      // A request under way is not cut off: StandCloud may have stored the report.
      this.#signal.throwIfAborted();
      return await deliver(prepared, this.#deliverOptions);
    } catch (error) {
      this.#end(error);
      const reason = this.#stopped?.message ?? "not sent";
      return { report: { ...prepared.blank, reason }, isFinal: true };
    }
  }

  /** Nothing more is sent. */
  #end(error: unknown): void {
    if (!(error instanceof AppError)) throw error;
    this.#stop.abort(error);
  }

  #report(report: Report): void {
    this.tally.add(report);
    this.#missing.delete(report.digest ?? "");
    try {
      this.#options.onReport(report);
    } catch (error) {
      // Nobody hears what becomes of the reports: send no more.
      this.#end(error);
    }
  }

  #unread({ name }: UploadSource): Report {
    const examined = { source: name, file: name, text: "", issues: [] };
    return {
      ...blankReport({ ...examined, run: undefined, isReadable: true }),
      reason: this.#stopped?.message ?? "not sent",
    };
  }
}
