import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { Examined } from "../runs/examine.ts";
import { CutOff } from "./cut_off.ts";
import { FileTally } from "./file_tally.ts";
import { FullerForms } from "./forms_met.ts";
import { hold } from "./hold.ts";
import type { Entry } from "./ledger/entry.ts";
import { fullestFirst } from "./one_run.ts";
import {
  blankReport,
  lostReport,
  type Report,
  Tally,
  type UploadResult,
} from "./report.ts";
import { Retold } from "./retold.ts";
import { Sender } from "./sender.ts";
import { Settling } from "./settling.ts";
import { Room } from "./slots.ts";
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

/** Documents in memory for each request that may be under way: while some are sent, others get ready. */
const DOCUMENTS_PER_REQUEST = 6;
const ROOM_BYTES = 64 * 1024 * 1024;

class Upload {
  readonly tally = new Tally();
  readonly #options: UploadOptions;
  readonly #sender: Sender;
  readonly #room: Room;
  readonly #tasks = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #missing: Map<string, Entry>;
  readonly #settling: Settling;
  readonly #retold = new Retold();
  readonly #forms = new FullerForms();

  constructor(
    system: System,
    options: UploadOptions & { readonly cutOff: AbortSignal },
  ) {
    this.#options = options;
    this.#missing = new Map(options.only);
    const { until = this.#stop.signal } = options;
    const ends = [this.#stop.signal, system.interrupted, until];
    this.#signal = AbortSignal.any(ends);
    const documents = options.concurrency * DOCUMENTS_PER_REQUEST;
    this.#room = new Room({ documents, bytes: ROOM_BYTES });
    this.#settling = new Settling({
      clock: system.clock,
      signal: this.#signal,
      upload: options,
      forms: this.#forms,
      rest: () => this.#sender.rest(),
      start: (examined, source) => this.#start(examined, source),
      track: (work) => void this.#track(work),
    });
    this.#sender = new Sender(system, options, {
      room: this.#room,
      signal: this.#signal,
      cutOff: options.cutOff,
      forms: this.#forms,
      end: (error) => this.#end(error),
    });
  }

  async run(): Promise<AppError | undefined> {
    await this.#options.target.ledger.begin();
    // What is under way ends well, whatever the next source has to say.
    const end = (error: unknown) => this.#end(error);
    await Promise.all([
      this.#read().catch(end),
      this.#readLive().catch(end),
    ]);
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
    for (const entry of this.#missing.values()) this.#report(lostReport(entry));
    return this.#stopped;
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
      const options = { ...this.#options, forms: this.#forms };
      const heldAs = await hold(examined, source, options);
      this.#track(this.#start(examined, { ...source, heldAs }));
    }
  }

  get #stopped(): AppError | undefined {
    return this.#signal.aborted ? this.#signal.reason : undefined;
  }

  async #take(source: UploadSource): Promise<void> {
    await this.#sender.ready();
    if (this.#stopped !== undefined) return this.#report(this.#unread(source));
    using _seat = await this.#room.enter();
    await this.#sender.rest();
    const examined = await this.#settling.look(source);
    if (examined !== undefined) await this.#start(examined, source);
  }

  /** Starts a task for each document of a file. */
  async #start(
    examined: readonly Examined[],
    source: UploadSource,
  ): Promise<void> {
    if (isOnDisk(source)) source.count();
    const file = new FileTally(
      examined.length,
      async (reports) => {
        const isDone = await this.#options.onFile(source, reports);
        this.#retold.note(source, { reports, isDone });
      },
    );
    for (const one of fullestFirst(examined, ({ run }) => run?.form)) {
      const seat = await this.#room.enter();
      const finish = async (report: Report | undefined) => {
        if (report !== undefined) this.#report(report);
        await file.add(report);
      };
      this.#track(this.#sender.send(one, { source, seat }).then(finish));
    }
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
    const examined = { source: name, file: name, text: "", issues: [] };
    return {
      ...blankReport({ ...examined, run: undefined, isReadable: true }),
      reason: this.#stopped?.message ?? "not sent",
    };
  }
}
