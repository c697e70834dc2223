import type { Entry } from "./ledger/entry.ts";
import type { PauseNotice } from "./traffic/pace.ts";
import type { PrepareOptions } from "./prepare.ts";
import type { Report } from "./report/report.ts";
import type { UploadTarget } from "./target.ts";
import type {
  CouchdbSource,
  LiveSource,
  UploadSource,
} from "./sources/upload_source.ts";

export interface UploadOptions extends Pick<PrepareOptions, "fillUnknown"> {
  /** Only these reports are meant, and each of them is. */
  readonly only?: ReadonlyMap<string, Entry> | undefined;
  /** Asked for the next one only when there is room for it. */
  readonly sources: AsyncIterable<UploadSource>;
  /** Files that are looked at as soon as they change, whatever the others wait for. */
  readonly live?: AsyncIterable<LiveSource | CouchdbSource> | undefined;
  /** Aborted with the `AppError` for which nothing more is to be sent. */
  readonly until?: AbortSignal | undefined;
  readonly target: UploadTarget;
  /** How many requests may be under way at once; `auto` finds out how many are of use. */
  readonly concurrency: number | "auto";
  readonly timeoutMilliseconds: number;
  /** How long a temporary failure is retried; `Infinity` for a service that never gives up. */
  readonly retryMilliseconds: number;
  readonly force: boolean;
  readonly rejectedToo: boolean;
  /** Called as each report is done, in no fixed order. */
  onReport(report: Report): void;
  /** Told of what is no run. */
  onPassedOver(note: string): void;
  /** Told when nothing more is sent: sources that go on for ever can end. */
  onStop?(): void;
  onPause(pause: PauseNotice): void;
  onResume(): void;
  /** What becomes of a file all of whose reports are done; false when it is worth another try. */
  onFile(source: UploadSource, reports: readonly Report[]): Promise<boolean>;
}
