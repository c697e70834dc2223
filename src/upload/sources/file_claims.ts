import { dirname } from "node:path";
import type { BesideClaim } from "../../system/claim_beside.ts";
import type { Clock } from "../../system/clock.ts";
import type { System } from "../../system/system.ts";
import type { Report } from "../report/report.ts";
import type { UploadSource } from "./upload_source.ts";

interface Listener {
  passedOver(note: string): void;
}

/** How soon a file is looked at again that another stand has claimed. */
const TAKEN_MILLISECONDS = 250;

/**
 * Files that are moved or deleted when they are done: two stands, each with a
 * ledger of its own, may work on one folder. Only the holder of the claim
 * beside a file sends its runs.
 */
export class FileClaims implements AsyncDisposable {
  readonly #system: Pick<System, "sharedFiles">;
  readonly #listener: Listener;
  readonly #held = new Map<string, BesideClaim>();
  readonly #folders = new Set<string>();
  /** Files that another stand had claimed when their turn came. */
  readonly #taken: UploadSource[] = [];
  #isNoted = false;

  constructor(
    system: Pick<System, "sharedFiles">,
    listener: Listener,
  ) {
    this.#system = system;
    this.#listener = listener;
  }

  /**
   * The source, for the holder of its claim. Undefined when another one holds
   * it: then it comes once more, by `left` where it cannot by itself.
   */
  async take(source: UploadSource): Promise<UploadSource | undefined> {
    const own = await this.#claim(source);
    if (own !== undefined) return own;
    if (source.tryAgain) source.tryAgain();
    else this.#taken.push(source);
    return undefined;
  }

  /** The files that others had claimed, when all else is done: by then most of them are free. */
  async *left(
    { clock, signal, milliseconds }: {
      readonly clock: Clock;
      /** Ends waiting. */
      readonly signal: AbortSignal;
      /** Waited for at most, for all of them together. */
      readonly milliseconds: number;
    },
  ): AsyncGenerator<{ source: UploadSource; isOwn: boolean }> {
    const end = clock.monotonic() + milliseconds;
    for (const source of this.#taken) {
      let own = await this.#claim(source);
      while (!own && clock.monotonic() < end && !signal.aborted) {
        await clock.sleep(TAKEN_MILLISECONDS, signal);
        own = await this.#claim(source);
      }
      yield { source: own ?? source, isOwn: own !== undefined };
    }
  }

  async #claim(source: UploadSource): Promise<UploadSource | undefined> {
    const isMeant = source.kind === "file" && source.isTracked &&
      !source.isHardpys;
    if (!isMeant) return source;
    const { name } = source;
    const claim = this.#held.get(name) ??
      await this.#system.sharedFiles.claim(name);
    if (claim === "taken") return undefined;
    if (claim === "impossible") {
      this.#noteImpossible(name);
      return source;
    }
    this.#folders.add(dirname(name));
    this.#held.set(name, claim);
    return {
      ...source,
      mayBeStored: claim.isLeftOver,
      onGone: () => {
        source.onGone?.();
        void this.#release(name);
      },
      onEnd: async (reports = []) => {
        await source.onEnd?.(reports);
        await this.#release(name, { isLeft: reports.some(isUnsure) });
      },
    };
  }

  async #release(name: string, options?: { isLeft: boolean }): Promise<void> {
    const claim = this.#held.get(name);
    this.#held.delete(name);
    await claim?.release(options);
  }

  #noteImpossible(path: string): void {
    if (this.#isNoted) return;
    this.#isNoted = true;
    this.#listener.passedOver(
      `no claim can be made beside "${path}": another stand that works on this folder may send the same runs`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of [...this.#held.keys()]) await this.#release(name);
    for (const folder of this.#folders) {
      await this.#system.sharedFiles.clear(folder);
    }
  }
}

/** It was sent, and no answer came. */
function isUnsure({ outcome, attempts, httpStatus }: Report): boolean {
  return outcome === "waiting" && attempts > 0 && httpStatus === null;
}
