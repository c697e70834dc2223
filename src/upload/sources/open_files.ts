import type { Report } from "../report/report.ts";
import type { UploadSource } from "./upload_source.ts";

/** Files some of whose documents are on their way. What is told of a file that comes again and again is told once. */
export class OpenFiles {
  readonly #onEnd: FileEnd;
  readonly #told = new Map<string, string>();

  constructor(onEnd: FileEnd) {
    this.#onEnd = onEnd;
  }

  open(source: UploadSource, documents: number): OpenFile {
    return new OpenFile(documents, async (reports) => {
      if (reports.length === documents) {
        const isDone = await this.#onEnd(source, reports);
        this.#note(source, reports, isDone);
      }
      await source.onEnd?.(reports);
    });
  }

  isTold(report: Report): boolean {
    return this.#told.get(report.source) === summary(report);
  }

  #note(
    source: UploadSource,
    reports: readonly Report[],
    isDone: boolean,
  ): void {
    if (source.tryAgain === undefined) return;
    const isOver = isDone && !reports.some(mayPass);
    for (const report of reports) {
      if (isOver) this.#told.delete(report.source);
      else this.#told.set(report.source, summary(report));
    }
    if (!isOver) source.tryAgain();
  }
}

/**
 * Told of a file when each of its documents has a report.
 *
 * @returns false when the file is worth another try.
 */
export type FileEnd = (
  source: UploadSource,
  reports: readonly Report[],
) => Promise<boolean>;

/** Counts down the documents of a file; when the last one is done, so is the file. */
export class OpenFile {
  readonly #reports: Report[] = [];
  readonly #end: (reports: readonly Report[]) => Promise<void>;
  #left: number;

  constructor(
    documents: number,
    end: (reports: readonly Report[]) => Promise<void>,
  ) {
    this.#left = documents;
    this.#end = end;
  }

  async add(report: Report | undefined): Promise<void> {
    if (report !== undefined) this.#reports.push(report);
    if (--this.#left === 0) await this.#end(this.#reports);
  }
}

/** A reason that may pass without a change of the file. */
function mayPass({ isReadable, isUnfinished, outcome }: Report): boolean {
  return !isReadable || outcome === "waiting" && !isUnfinished;
}

/** The same for reports that tell the same. */
function summary({ outcome, digest, issues }: Report): string {
  return [outcome, digest ?? issues.map(({ message }) => message)].join(" ");
}
