import type { Report } from "./report/report.ts";
import type { UploadSource } from "./sources/upload_source.ts";

/** What was said of files that are tried again and again, so that it is said once. */
export class Retold {
  readonly #said = new Map<string, string>();

  isKnown(report: Report): boolean {
    const said = this.#said.get(report.source);
    return said !== undefined && said === gist(report);
  }

  /** @param isDone as far as anybody can tell: the file is not tried again. */
  note(
    source: UploadSource,
    { reports, isDone }: { reports: readonly Report[]; isDone: boolean },
  ): void {
    if (source.tryAgain === undefined) return;
    const isOver = isDone && !reports.some(mayPass);
    for (const report of reports) {
      if (isOver) this.#said.delete(report.source);
      else this.#said.set(report.source, gist(report));
    }
    if (!isOver) source.tryAgain();
  }
}

/** A reason that may pass without a change of the file. */
function mayPass(report: Report): boolean {
  return !report.isReadable ||
    report.outcome === "waiting" && !report.isUnfinished;
}

function gist({ outcome, digest, issues }: Report): string {
  return [outcome, digest ?? issues.map(({ message }) => message)].join(" ");
}
