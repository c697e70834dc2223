import type { Clock } from "../../system/clock.ts";
import { examine, type Examined } from "../../runs/examine.ts";
import { areSameRun } from "../../runs/one_run.ts";
import { isLive, isWritten, type UploadSource } from "./upload_source.ts";

/** A program that writes a file makes no longer pause. */
export const SETTLED_MILLISECONDS = 2000;

/** Times that a file may be found half written before it counts as broken. */
const TRIES = 15;

/** A file of a folder that was taken away before it could be read, as HardPy does when it has sent the file. */
export async function hasGone(
  [first]: readonly Examined[],
  source: UploadSource,
): Promise<boolean> {
  if (first?.isReadable !== false || !isWritten(source) || !source.isFound) {
    return false;
  }
  const isGone = await source.unchangedFor() === undefined;
  if (isGone) source.onGone?.();
  return isGone;
}

/**
 * Why a source that was written to a moment ago is read again later. `half`: it
 * is no JSON, and may be half of a run. `history`: HardPy writes the history
 * file before the post-run functions and the record, so a fuller form of the run
 * may be about to appear. `record`: a post-run function may add to the run.
 */
export type Unsettled = "half" | "history" | "record";

/** Undefined when the source is settled. */
export async function unsettled(
  examined: readonly Examined[],
  source: UploadSource,
): Promise<Unsettled | undefined> {
  const reason = reasonToWait(examined, source);
  if (reason === undefined || !isWritten(source)) return undefined;
  const rest = await source.unchangedFor();
  const isFresh = rest !== undefined && rest < SETTLED_MILLISECONDS;
  return isFresh ? reason : undefined;
}

function reasonToWait(
  examined: readonly Examined[],
  source: UploadSource,
): Unsettled | undefined {
  const isBroken = examined.some(({ issues }) =>
    issues.some(({ rule }) => rule === "not-json")
  );
  if (isBroken) return "half";
  if (examined.some(({ run }) => run?.form === "history")) return "history";
  const isFinished = examined.some(({ run }) => run?.isFinished);
  return isLive(source) && isFinished ? "record" : undefined;
}

/** Examines a file again as soon as it is settled, or was written to for too long. */
export async function examineSettled(
  source: UploadSource,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<Examined[]> {
  for (let tries = 1;; tries++) {
    const rest = isWritten(source) ? await source.unchangedFor() ?? 0 : 0;
    await clock.sleep(Math.max(SETTLED_MILLISECONDS - rest, 0), signal);
    const examined = await examine(source, { now: clock.now() });
    if (tries === TRIES || signal.aborted) return examined;
    if (await unsettled(examined, source) === undefined) return examined;
  }
}

/** The documents of a source as they were read. */
interface Read {
  readonly examined: readonly Examined[];
  readonly source: UploadSource;
}

export interface SettlingOptions {
  readonly clock: Clock;
  /** Ends waiting. */
  readonly signal: AbortSignal;
  /** Waited for between the steps of a document. */
  rest(): Promise<void>;
  /** Puts a run where the next run of HardPy cannot replace it; gives the source that knows so. */
  keep(
    examined: readonly Examined[],
    source: UploadSource,
  ): Promise<UploadSource>;
  /** Sends the documents of a file. */
  start(examined: readonly Examined[], source: UploadSource): Promise<void>;
  /** Does it without being waited for. */
  track(work: Promise<void>): void;
}

/** Files that are still written to: they are sent when they are settled. */
export class Settling {
  readonly #options: SettlingOptions;
  /** Files that may be half written, by name. */
  readonly #half = new Map<string, UploadSource>();
  /** Runs that HardPy has just finished and may add to, by the names of their files. */
  readonly #fresh = new Map<string, Read>();

  constructor(options: SettlingOptions) {
    this.#options = options;
  }

  /** The documents of a file that can be sent now; undefined for one that is sent later, or has gone. */
  async look(source: UploadSource): Promise<Examined[] | undefined> {
    const { clock, rest, track } = this.#options;
    const examined = await examine(source, { now: clock.now(), rest });
    if (await hasGone(examined, source)) {
      source.tryAgain?.();
      return undefined;
    }
    // When a file changes while it is waited for, only the last change counts.
    this.#half.delete(source.name);
    const reason = await unsettled(examined, source);
    if (reason === undefined) return examined;
    // The others do not wait for the program that writes it.
    track(
      reason === "record"
        ? this.#startLast(examined, source)
        : this.#startWhole(source),
    );
    return undefined;
  }

  async #startWhole(source: UploadSource): Promise<void> {
    this.#half.set(source.name, source);
    const examined = await examineSettled(source, this.#options);
    if (this.#half.get(source.name) !== source) return;
    this.#half.delete(source.name);
    await this.#options.start(examined, source);
  }

  /** Starts the last state of the run. A run that is replaced meanwhile starts as it was. */
  async #startLast(
    examined: readonly Examined[],
    source: UploadSource,
  ): Promise<void> {
    const { name } = source;
    const { keep, start } = this.#options;
    const fresh = { examined, source: await keep(examined, source) };
    const before = this.#fresh.get(name);
    this.#fresh.set(name, fresh);
    if (before && !areSameRun(before.examined, examined)) {
      await start(before.examined, before.source);
    }
    const last = await examineSettled(source, this.#options);
    if (this.#fresh.get(name) !== fresh) return;
    this.#fresh.delete(name);
    if (areSameRun(examined, last)) await start(last, source);
    else await start(examined, fresh.source);
  }
}
