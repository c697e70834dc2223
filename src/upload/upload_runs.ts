import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { Examined } from "../runs/examine.ts";
import { FileTally } from "./file_tally.ts";
import { FormsMet, FullerForms } from "../runs/forms_met.ts";
import { hold } from "./hold.ts";
import type { Entry } from "./ledger/entry.ts";
import { fullestFirst, latestStates } from "../runs/one_run.ts";
import { lostReport } from "./report/known_report.ts";
import {
  blankReport,
  type Report,
  Tally,
  type UploadResult,
} from "./report/report.ts";
import { Retold } from "./retold.ts";
import { DocumentUpload, type Ending } from "./document_upload.ts";
import { documentsOf, type PutOff, PutOffDocuments } from "./put_off.ts";
import type { Shared } from "./shared.ts";
import { Settling } from "./settling.ts";
import { CutOff } from "./traffic/cut_off.ts";
import { Traffic } from "./traffic/traffic.ts";
import type { UploadOptions } from "./upload_options.ts";
import { isOnDisk, type UploadSource } from "./sources/upload_source.ts";

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
  const cutOff = new CutOff(system);
  using _cutOff = cutOff;
  const upload = new Upload(system, { ...options, cutOff: cutOff.signal });
  const stopped = await upload.run();
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { ...upload.tally, seconds, stopped };
}

function trafficOf(
  { clock }: System,
  { target, concurrency, retryMilliseconds, onPause, onResume }: UploadOptions,
  signal: AbortSignal,
): Traffic {
  const { service, ledger: { pauses } } = target;
  const address = service.address.text;
  const random = Math.random;
  return new Traffic({
    ...{ clock, random, pauses, address, retryMilliseconds, signal },
    ...{ concurrency, onPause, onResume },
  });
}

class Upload {
  readonly tally = new Tally();
  readonly #options: UploadOptions;
  readonly #shared: Shared;
  readonly #tasks = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #missing: Map<string, Entry>;
  readonly #settling: Settling;
  readonly #retold = new Retold();
  readonly #putOff: PutOffDocuments<FileTally>;

  constructor(
    system: System,
    options: UploadOptions & { readonly cutOff: AbortSignal },
  ) {
    this.#options = options;
    this.#putOff = PutOffDocuments.of(options.target);
    this.#missing = new Map(options.only);
    const { until = this.#stop.signal } = options;
    const ends = [this.#stop.signal, system.interrupted, until];
    this.#signal = AbortSignal.any(ends);
    const { hasEntriesOfBefore } = options.target.ledger;
    this.#shared = {
      system,
      upload: { ...options, hasEntriesOfBefore },
      signal: this.#signal,
      cutOff: options.cutOff,
      end: (error) => this.#end(error),
      traffic: trafficOf(system, options, this.#signal),
      forms: new FullerForms(),
      forced: new FormsMet(),
      forcedSuffix: `-${system.clock.now().getTime()}`,
      isForLater: (...document) => this.#putOff.isForLater(...document),
    };
    this.#settling = new Settling({
      clock: system.clock,
      signal: this.#signal,
      upload: options,
      forms: this.#shared.forms,
      rest: () => this.#shared.traffic.rest(),
      start: (examined, source) => this.#start(examined, source),
      track: (work) => void this.#track(work),
    });
  }

  async run(): Promise<AppError | undefined> {
    await this.#options.target.ledger.begin();
    // What is under way ends well, whatever the next source has to say.
    const end = (error: unknown) => this.#end(error);
    await Promise.all([this.#read().catch(end), this.#readLive().catch(end)]);
    await this.#idle();
    for (const files of this.#putOff.next()) {
      for (const file of files) await this.#track(this.#takePutOff(file));
      await this.#idle();
    }
    for (const entry of this.#missing.values()) this.#report(lostReport(entry));
    return this.#stopped;
  }

  async #idle(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  async #read(): Promise<void> {
    let taking: Promise<void> = Promise.resolve();
    for await (const source of this.#options.sources) {
      if (isOnDisk(source)) source.readAhead();
      await taking;
      if (this.#stopped !== undefined) this.#report(this.#unread(source));
      else taking = this.#track(this.#take(source));
    }
  }

  /** Without waiting for the others: the next run takes the place of one that nobody has seen. */
  async #readLive(): Promise<void> {
    for await (const source of this.#options.live ?? []) {
      if (this.#stopped !== undefined) return;
      const examined = await this.#settling.look(source);
      if (examined === undefined) continue;
      const { forms } = this.#shared;
      const heldAs = await hold(examined, source, { ...this.#options, forms });
      this.#track(this.#start(examined, { ...source, heldAs }));
    }
  }

  get #stopped(): AppError | undefined {
    return this.#signal.aborted ? this.#signal.reason : undefined;
  }

  async #take(source: UploadSource): Promise<void> {
    const { traffic } = this.#shared;
    // A patient one reads on, to know what waits.
    if (!traffic.isPatient) await traffic.pace.ready();
    if (this.#stopped !== undefined) return this.#report(this.#unread(source));
    using _seat = await traffic.room.enter();
    await traffic.rest();
    const examined = await this.#settling.look(source);
    if (examined !== undefined) await this.#start(examined, source);
  }

  /** Starts a task for each document of a file. */
  async #start(
    all: readonly Examined[],
    source: UploadSource,
  ): Promise<void> {
    if (isOnDisk(source)) source.count();
    const examined = latestStates(all);
    if (examined.length === 0) return await source.onEnd?.();
    const file = new FileTally(examined.length, {
      done: async (reports) => {
        const isDone = await this.#options.onFile(source, reports);
        this.#retold.note(source, { reports, isDone });
      },
      end: source.onEnd,
    });
    const inOrder = fullestFirst(examined, ({ run }) => run?.form);
    for (const one of inOrder) await this.#send(one, { source, file });
  }

  async #send(
    examined: Examined,
    { source, file }: { source: UploadSource; file: FileTally },
  ): Promise<void> {
    const document = new DocumentUpload(this.#shared, source);
    const end = async ({ report, putOff }: Ending) => {
      if (putOff !== undefined) return this.#putOff.add(source, file, putOff);
      if (report !== undefined) this.#report(report);
      await file.add(report);
    };
    const seat = await this.#shared.traffic.room.enter();
    this.#track(document.send(examined, seat).then(end));
  }

  /** What was put off, from its file as it is now. */
  async #takePutOff(putOff: PutOff<FileTally>): Promise<void> {
    const { source, file } = putOff;
    const { found, lost } = await documentsOf(putOff, this.#shared.system);
    for (const one of found) await this.#send(one, { source, file });
    for (let count = lost; count > 0; count--) await file.add(undefined);
  }

  #track(task: Promise<void>): Promise<void> {
    const tracked = task.catch((error) => this.#end(error))
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
    return tracked;
  }

  /** Nothing more is sent. */
  #end(error: unknown): void {
    if (!(error instanceof AppError)) throw error;
    this.#stop.abort(error);
    this.#options.onStop?.();
  }

  #report(report: Report): void {
    if (this.#retold.isKnown(report)) return;
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
    return {
      ...blankReport({
        source: name,
        file: name,
        issues: [],
        isReadable: true,
      }),
      reason: this.#stopped?.message ?? "not sent",
      httpStatus: this.#stopped?.httpStatus ?? null,
    };
  }
}
