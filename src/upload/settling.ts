import type { Clock } from "../system/clock.ts";
import { examine, type Examined } from "../runs/examine.ts";
import type { FullerForms } from "../runs/forms_met.ts";
import { hold } from "./hold.ts";
import { areSameRun } from "../runs/one_run.ts";
import {
  examineSettled,
  hasGone,
  isFreshHistory,
  mayBeAddedTo,
  mayBeHalf,
} from "./settled.ts";
import type { UploadOptions } from "./upload_options.ts";
import type { UploadSource } from "./sources/upload_source.ts";

export interface SettlingOptions {
  readonly clock: Clock;
  /** Ends waiting. */
  readonly signal: AbortSignal;
  readonly upload: UploadOptions;
  readonly forms: FullerForms;
  /** Waited for between the steps of a document. */
  rest(): Promise<void>;
  /** Sends the documents of a file. */
  start(examined: readonly Examined[], source: UploadSource): Promise<void>;
  /** Does it without being waited for. */
  track(work: Promise<void>): void;
}

/** A run that HardPy has just finished. */
interface Fresh {
  readonly examined: readonly Examined[];
  readonly source: UploadSource;
}

/** Files that somebody still writes to: they are sent when nobody does any more. */
export class Settling {
  readonly #options: SettlingOptions;
  /** Files that may be half written, by name. */
  readonly #half = new Map<string, UploadSource>();
  /** Runs that HardPy may add to, by the names of their files. */
  readonly #fresh = new Map<string, Fresh>();

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
    // Of a file that changes while it is waited for, only the last change counts.
    this.#half.delete(source.name);
    const isEarly = await mayBeHalf(examined, source) ||
      await isFreshHistory(examined, source);
    if (isEarly) {
      // The others do not wait for whoever writes it.
      track(this.#startWhole(source));
    } else if (await mayBeAddedTo(examined, source)) {
      track(this.#startLast(examined, source));
    } else return examined;
    return undefined;
  }

  async #startWhole(source: UploadSource): Promise<void> {
    this.#half.set(source.name, source);
    const examined = await examineSettled(source, this.#options);
    if (this.#half.get(source.name) !== source) return;
    this.#half.delete(source.name);
    await this.#options.start(examined, source);
  }

  /** The run as it is when nobody adds to it any more; one that is replaced meanwhile as it was. */
  async #startLast(
    examined: readonly Examined[],
    source: UploadSource,
  ): Promise<void> {
    const { name } = source;
    const heldAs = await hold(examined, source, {
      ...this.#options.upload,
      forms: this.#options.forms,
    });
    // So that nothing can take it away.
    const fresh = { examined, source: { ...source, heldAs } };
    const before = this.#fresh.get(name);
    this.#fresh.set(name, fresh);
    if (before && !areSameRun(before.examined, examined)) {
      await this.#options.start(before.examined, before.source);
    }
    const last = await examineSettled(source, this.#options);
    if (this.#fresh.get(name) !== fresh) return;
    this.#fresh.delete(name);
    if (areSameRun(examined, last)) await this.#options.start(last, source);
    else await this.#options.start(examined, fresh.source);
  }
}
