import type { System } from "../system/system.ts";
import {
  busy,
  deliver,
  type DeliverOptions,
  type Delivery,
} from "./deliver.ts";
import { FormsMet, type FullerForms } from "./forms_met.ts";
import { Pace } from "./pace.ts";
import type { Prepared } from "./prepare.ts";
import { type Room, Slots } from "./slots.ts";
import type { UploadOptions } from "./upload_options.ts";

export interface SenderOptions {
  readonly room: Room;
  /** Aborted when nothing more is to be sent, with the `AppError` that says why. */
  readonly signal: AbortSignal;
  /** Ends requests that are under way. */
  readonly cutOff: AbortSignal;
  /** Fuller forms of runs that are at hand. */
  readonly forms: FullerForms;
  /** Told what ends the whole upload. */
  end(error: unknown): void;
}

/** Brings each run to StandCloud in its fullest form. */
export class Deliverer {
  readonly pace: Pace;
  readonly slots: Slots;
  /** Also waits for what will not heal by itself. */
  readonly isPatient: boolean;
  readonly #options: SenderOptions;
  readonly #deliver: Omit<DeliverOptions, "isHeld">;
  /** Runs that were sent whatever the ledger says: once, however often they come. */
  readonly #forced = new FormsMet();
  readonly #forcedDigests = new Set<string>();

  constructor(system: System, upload: UploadOptions, options: SenderOptions) {
    const { clock } = system;
    const { target, retryMilliseconds } = upload;
    this.#options = options;
    this.isPatient = retryMilliseconds === Infinity;
    this.slots = new Slots(upload.concurrency);
    this.pace = new Pace({
      clock,
      random: Math.random,
      pauses: target.ledger.pauses,
      address: target.service.address.text,
      retryMilliseconds,
      signal: options.signal,
      onPause: upload.onPause,
      onResume: upload.onResume,
    });
    this.#deliver = {
      ...upload,
      clock,
      signal: options.signal,
      cutOff: options.cutOff,
      isPatient: this.isPatient,
      slots: this.slots,
      forcedSuffix: `-${clock.now().getTime()}`,
      pace: this.pace,
    };
  }

  /** The run's file holds another one now, and nothing waits for this one any more. */
  forget(digest: string): void {
    this.#options.forms.forget(digest);
  }

  /** Undefined when the document is left to a fuller form of its run. */
  async deliver(
    prepared: Prepared,
    isHeld: boolean,
  ): Promise<Delivery | undefined> {
    const { forms } = this.#options;
    const fuller = forms.stateOf(prepared);
    if (fuller === "under way") return busy(prepared);
    if (fuller === "waiting") return undefined;
    forms.begin(prepared);
    const delivery = await this.#deliverThis(prepared, isHeld);
    const { outcome } = delivery.report;
    const isWaiting = ["waiting", "invalid"].includes(outcome);
    forms.end(prepared, { isWaiting });
    return delivery;
  }

  async #deliverThis(prepared: Prepared, isHeld: boolean): Promise<Delivery> {
    const { signal, end } = this.#options;
    try {
      // A request under way is not cut off: StandCloud may have stored the report.
      signal.throwIfAborted();
      const force = this.#deliver.force && !this.#wasForced(prepared);
      const options = { ...this.#deliver, force, isHeld };
      const delivery = await deliver(prepared, options);
      const isSettled = delivery.report.outcome !== "waiting";
      if (delivery.ends !== undefined) end(delivery.ends);
      if (force && isSettled) {
        this.#forced.add(prepared);
        this.#forcedDigests.add(prepared.digest);
      }
      return delivery;
    } catch (error) {
      end(error);
      const reason = signal.reason?.message ?? "not sent";
      return { report: { ...prepared.blank, reason }, isFinal: true };
    }
  }

  #wasForced(prepared: Prepared): boolean {
    return this.#forcedDigests.has(prepared.digest) ||
      this.#forced.othersOf(prepared).length > 0;
  }
}
