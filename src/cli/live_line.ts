import type { Report } from "../upload/report/report.ts";

/** A line at the bottom of the terminal that says how an upload goes. */
export interface LiveLine extends Disposable {
  /** False where stderr is no terminal. */
  readonly isShown: boolean;
  /** Notes what became of a document. */
  add(report: Report): void;
  /** @param text of the pause; undefined when the upload goes on. */
  pause(text: string | undefined): void;
}
