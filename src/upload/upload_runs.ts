import type { Examined } from "../runs/examine.ts";
import { fullestFirst, latestStates } from "../runs/one_run.ts";
import type { System } from "../system/system.ts";
import { Document } from "./document.ts";
import type { Entry } from "./ledger/entry.ts";
import { lostReport } from "./report/known_report.ts";
import {
  blankReport,
  type Report,
  Tally,
  untoldReport,
  type UploadResult,
} from "./report/report.ts";
import { keepLive } from "./sources/keep_live.ts";
import { FileClaims } from "./sources/file_claims.ts";
import { type OpenFile, OpenFiles } from "./sources/open_files.ts";
import { Settling } from "./sources/settling.ts";
import { documentsOf, type PutOff } from "./sources/turns.ts";
import { isOnDisk, type UploadSource } from "./sources/upload_source.ts";
import { CutOff } from "./traffic/cut_off.ts";
import { waitForOther } from "./traffic/pace.ts";
import { UploadContext, type UploadInput } from "./upload_context.ts";

/**
 * Uploads run documents, one request per report. A document that is invalid,
 * refused or has to wait does not keep the others back; a login that ends and
 * Ctrl-C do. Every document gets its report in any case.
 */
export async function uploadRuns(
  system: System,
  input: UploadInput,
): Promise<UploadResult> {
  const cutOff = new CutOff(system);
  // An own variable: the bundler drops the disposal of one that is used once.
  using _cutOff = cutOff;
  const context = new UploadContext(system, input, { cutOff: cutOff.signal });
  return await new Upload(context).run();
}

class Upload {
  readonly #context: UploadContext;
  readonly #tally: Tally;
  readonly #files: OpenFiles;
  readonly #settling: Settling;
  readonly #claims: FileClaims;
  readonly #tasks = new Set<Promise<void>>();
  /** What is meant and has no report yet. */
  readonly #missing: Map<string, Entry>;

  constructor(context: UploadContext) {
    const { system: { clock }, signal, traffic, input } = context;
    this.#context = context;
    this.#tally = new Tally(clock);
    this.#files = new OpenFiles(input.listener.fileEnd);
    this.#claims = new FileClaims(context.system, input.listener);
    this.#missing = new Map(input.sources.only);
    this.#settling = new Settling({
      ...{ clock, signal },
      rest: () => traffic.rest(),
      keep: (examined, source) => keepLive(context, examined, source),
      start: (examined, source) => this.#start(examined, source),
      track: (work) => void this.#track(work),
    });
  }

  async run(): Promise<UploadResult> {
    const { ledger, turns } = this.#context;
    await using _claims = this.#claims;
    await ledger.begin();
    // What is under way ends well, whatever the next source has to say.
    const end = (error: unknown) => this.#context.end(error);
    await Promise.all([this.#read().catch(end), this.#readLive().catch(end)]);
    await this.#idle();
    await this.#takeClaimed();
    for (const files of turns.next()) {
      for (const file of files) await this.#track(this.#takePutOff(file));
      await this.#idle();
    }
    for (const entry of this.#missing.values()) this.#report(lostReport(entry));
    return this.#tally.result(this.#context.stopped);
  }

  async #idle(): Promise<void> {
    while (this.#tasks.size > 0) await Promise.all(this.#tasks);
  }

  async #read(): Promise<void> {
    let taking: Promise<void> = Promise.resolve();
    for await (const source of this.#context.input.sources.all) {
      // What is claimed is read after the claim: it may be gone then.
      if (isOnDisk(source) && !source.isTracked) source.readAhead();
      await taking;
      taking = this.#track(this.#take(source));
    }
  }

  /** Without waiting for the others: the next run takes the place of one that is not read in time. */
  async #readLive(): Promise<void> {
    for await (const source of this.#context.input.sources.live ?? []) {
      if (this.#context.stopped !== undefined) return;
      const examined = await this.#settling.look(source);
      if (examined === undefined) continue;
      const kept = await keepLive(this.#context, examined, source);
      this.#track(this.#start(examined, kept));
    }
  }

  async #take(source: UploadSource): Promise<void> {
    const { traffic } = this.#context;
    // A patient one reads on, to know what waits.
    if (!traffic.isPatient) await traffic.pace.ready();
    if (this.#context.stopped !== undefined) {
      return this.#report(this.#context.unsent(untoldReport(source)));
    }
    const own = await this.#claims.take(source);
    if (own !== undefined) await this.#takeOwn(own);
  }

  async #takeOwn(source: UploadSource): Promise<void> {
    const { traffic } = this.#context;
    using _seat = await traffic.room.enter();
    await traffic.rest();
    const examined = await this.#settling.look(source);
    if (examined !== undefined) await this.#start(examined, source);
  }

  async #takeClaimed(): Promise<void> {
    const { system: { clock }, signal, input: { policy } } = this.#context;
    const milliseconds = waitForOther(policy);
    const left = this.#claims.left({ clock, signal, milliseconds });
    for await (const { source, isOwn } of left) {
      if (isOwn) await this.#track(this.#takeOwn(source));
      else this.#report(untoldReport(source, "another stand is sending it"));
    }
    await this.#idle();
  }

  /** Starts a task for each document of a file. */
  async #start(
    all: readonly Examined[],
    source: UploadSource,
  ): Promise<void> {
    if (isOnDisk(source)) source.count();
    const examined = latestStates(all);
    if (examined.length === 0) return await source.onEnd?.();
    const file = this.#files.open(source, examined.length);
    const inOrder = fullestFirst(examined, ({ run }) => run?.form);
    for (const one of inOrder) await this.#send(one, { source, file });
  }

  async #send(
    examined: Examined,
    { source, file }: { source: UploadSource; file: OpenFile },
  ): Promise<void> {
    const { traffic, turns } = this.#context;
    const seat = await traffic.room.enter();
    const report = blankReport(examined);
    const document = new Document(this.#context, { source, seat, report });
    this.#track(
      document.send(examined).then(async ({ end, report }) => {
        if (end === "put off") {
          return turns.putOff(source, file, report.digest ?? "");
        }
        if (end === "report") this.#report(report);
        await file.add(end === "report" ? report : undefined);
      }),
    );
  }

  /** What was put off, from its file as it is now. */
  async #takePutOff(putOff: PutOff<OpenFile>): Promise<void> {
    const { source, file } = putOff;
    const { found, lost } = await documentsOf(putOff, this.#context.system);
    for (const one of found) await this.#send(one, { source, file });
    for (let count = lost; count > 0; count--) await file.add(undefined);
  }

  #track(task: Promise<void>): Promise<void> {
    const tracked = task.catch((error) => this.#context.end(error))
      .finally(() => this.#tasks.delete(tracked));
    this.#tasks.add(tracked);
    return tracked;
  }

  #report(report: Report): void {
    if (this.#files.isTold(report)) return;
    this.#tally.add(report);
    this.#missing.delete(report.digest ?? "");
    try {
      this.#context.input.listener.report(report);
    } catch (error) {
      // The reports cannot be told any more: send no more.
      this.#context.end(error);
    }
  }
}
