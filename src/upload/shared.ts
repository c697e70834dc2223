import type { System } from "../system/system.ts";
import type { FormsMet, FullerForms } from "../runs/forms_met.ts";
import type { EntryKey } from "./ledger/entry.ts";
import type { Prepared, PrepareOptions } from "./prepare.ts";
import type { Report } from "./report/report.ts";
import type { Traffic } from "./traffic/traffic.ts";
import type { UploadSource } from "./sources/upload_source.ts";
import type { UploadOptions } from "./upload_options.ts";

/** What all documents of an upload share. */
export interface Shared {
  readonly system: System;
  readonly upload: UploadOptions & Pick<PrepareOptions, "hasEntriesOfBefore">;
  /** Aborted when nothing more is to be sent, with the `AppError` that says why. */
  readonly signal: AbortSignal;
  /** Ends requests that are under way. */
  readonly cutOff: AbortSignal;
  readonly traffic: Traffic;
  /** Fuller forms of runs that are at hand. */
  readonly forms: FullerForms;
  /** Runs that `--force` has sent: once, however often they come. */
  readonly forced: FormsMet;
  /** Distinguishes the requests of `--force` from those before. */
  readonly forcedSuffix: string;
  /** Whether others have to be seen before this document. */
  isForLater(prepared: Prepared, source: UploadSource): boolean;
  /** Told what ends the whole upload. */
  end(error: unknown): void;
}

/** By which the ledger knows the run of a report; undefined for what is no run. */
export function keyOf(
  { upload }: Pick<Shared, "upload">,
  { digest }: Report,
): EntryKey | undefined {
  const address = upload.target.service.address.text;
  return digest === null ? undefined : { address, digest };
}
