import type { Report } from "./report/report.ts";

export interface FileTallyOptions {
  /** Told of the reports when each of the documents has one. */
  done(reports: readonly Report[]): Promise<void>;
  /** Told when all documents are done with, after `done`. */
  end?: (() => Promise<void>) | undefined;
}

/** Counts down the documents of a file; when the last one is done, so is the file. */
export class FileTally {
  readonly #reports: Report[] = [];
  readonly #options: FileTallyOptions;
  #open: number;
  /** Some document of it was none of our business. */
  #isWhole = true;

  constructor(documents: number, options: FileTallyOptions) {
    this.#open = documents;
    this.#options = options;
  }

  async add(report: Report | undefined): Promise<void> {
    this.#open--;
    if (report === undefined) this.#isWhole = false;
    else this.#reports.push(report);
    if (this.#open > 0) return;
    const { done, end } = this.#options;
    if (this.#isWhole) await done(this.#reports);
    await end?.();
  }
}
