import type { Report } from "./report.ts";

/** Counts down the documents of a file; when the last one is done, so is the file. */
export class FileTally {
  readonly #reports: Report[] = [];
  readonly #done: (reports: readonly Report[]) => Promise<void>;
  #open: number;
  /** Some document of it was none of our business. */
  #isWhole = true;

  constructor(
    documents: number,
    done: (reports: readonly Report[]) => Promise<void>,
  ) {
    this.#open = documents;
    this.#done = done;
  }

  async add(report: Report | undefined): Promise<void> {
    this.#open--;
    if (report === undefined) this.#isWhole = false;
    else this.#reports.push(report);
    if (this.#open === 0 && this.#isWhole) await this.#done(this.#reports);
  }
}
