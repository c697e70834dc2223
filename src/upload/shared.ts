import type { System } from "../system/system.ts";
import type { FormsMet, FullerForms } from "../runs/forms_met.ts";
import type { EntryKey } from "./ledger/entry.ts";
import type { Pace } from "./pace.ts";
import type { Prepared, PrepareOptions } from "./prepare.ts";
import type { Report } from "./report.ts";
import type { Room, Seat } from "./room.ts";
import type { Slots } from "./slots.ts";
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
  readonly pace: Pace;
  /** For requests; claims are made and settled outside of them. */
  readonly slots: Slots;
  readonly room: Room;
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

const REST_MILLISECONDS = 1;

/** Leaves requests their turn, when a document waits for one already. */
export async function rest(
  { slots, system }: Pick<Shared, "slots" | "system">,
): Promise<void> {
  if (slots.waiting > 0) await system.clock.sleep(REST_MILLISECONDS);
}

/** A service never gives up: it also waits for what will not heal by itself. */
export function isPatient({ upload }: Pick<Shared, "upload">): boolean {
  return upload.retryMilliseconds === Infinity;
}

/** By which the ledger knows the run of a report; undefined for what is no run. */
export function keyOf(
  { upload }: Pick<Shared, "upload">,
  { digest }: Report,
): EntryKey | undefined {
  const address = upload.target.service.address.text;
  return digest === null ? undefined : { address, digest };
}

/**
 * A place in memory. Thousands of documents may wait, and the first of them
 * find that StandCloud is still away: the others are not read in vain.
 */
export async function turnOf(shared: Shared): Promise<Seat | undefined> {
  const { room, pace } = shared;
  for (;;) {
    const seat = await room.enter();
    if (!isPatient(shared) || !pace.isPaused) return seat;
    seat[Symbol.dispose]();
    if (!await pace.ready()) return undefined;
  }
}
