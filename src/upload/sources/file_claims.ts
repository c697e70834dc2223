import { dirname } from "node:path";
import type { BesideClaim } from "../../system/claim_beside.ts";
import type { System } from "../../system/system.ts";
import type { Report } from "../report/report.ts";
import type { UploadSource } from "./upload_source.ts";

/**
 * Files that are moved or deleted when they are done: two stands, each with a
 * ledger of its own, may work on one folder. Only the holder of the claim
 * beside a file sends its runs.
 */
export class FileClaims implements AsyncDisposable {
  readonly #system: Pick<System, "sharedFiles">;
  readonly #note: (text: string) => void;
  readonly #held = new Map<string, BesideClaim>();
  readonly #folders = new Set<string>();
  #isNoted = false;

  constructor(
    system: Pick<System, "sharedFiles">,
    { note }: { note(text: string): void },
  ) {
    this.#system = system;
    this.#note = note;
  }

  /** The source, for the holder of its claim; undefined when another one holds it. */
  async take(source: UploadSource): Promise<UploadSource | undefined> {
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
    this.#note(
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
