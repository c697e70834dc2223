import { AppError } from "../../system/app_error.ts";
import { concurrencyOf } from "./concurrency.ts";
import { Pace, type PaceOptions } from "./pace.ts";
import { Room, type Seat, Slots } from "./places.ts";

/** Documents in memory: while some are sent, others get ready for each request, and a few more. */
const DOCUMENTS_PER_REQUEST = 3;
const MORE_DOCUMENTS = 12;
const ROOM_BYTES = 64 * 1024 * 1024;

const REST_MILLISECONDS = 1;

/** How requests are made. */
export interface TrafficPolicy {
  /** How many may be under way at once; `auto` finds out how many are of use. */
  readonly concurrency: number | "auto";
  /** The time-out of a small one; a large report gets more. */
  readonly timeoutMilliseconds: number;
  /** How long a temporary failure is retried; `Infinity` for a service that never gives up. */
  readonly retryMilliseconds: number;
}

/** How many requests and documents there are at once, and when the next request is made. */
export class Traffic {
  readonly pace: Pace;
  /** For requests; claims are made and settled outside of them. */
  readonly slots: Slots;
  /** As large as so many requests at once need it. */
  readonly room: Room;
  /** A service never gives up: it also waits for a network that does not heal by itself. */
  readonly isPatient: boolean;
  readonly #clock: PaceOptions["clock"];

  constructor(
    options: PaceOptions & Pick<TrafficPolicy, "concurrency">,
  ) {
    const concurrency = concurrencyOf(options.concurrency);
    this.#clock = options.clock;
    this.pace = new Pace(options);
    this.slots = new Slots(options.clock, concurrency);
    this.room = new Room({
      get documents() {
        return concurrency.limit * DOCUMENTS_PER_REQUEST + MORE_DOCUMENTS;
      },
      bytes: ROOM_BYTES,
    });
    this.isPatient = options.retryMilliseconds === Infinity;
  }

  /** Whether nothing is sent now, so that the ledger alone remembers what comes. */
  get isHeldUp(): boolean {
    const { givenUp, isPaused } = this.pace;
    return givenUp !== undefined || this.isPatient && isPaused;
  }

  /** Whether a later try may succeed: the network or the service is at fault, not the login. */
  mayPass(error: unknown): error is AppError {
    if (!(error instanceof AppError)) return false;
    return this.isPatient
      ? error.kind === "network"
      : error.code === "unreachable";
  }

  /** Leaves requests their turn, when a document waits for one already. */
  async rest(): Promise<void> {
    if (this.slots.waiting > 0) await this.#clock.sleep(REST_MILLISECONDS);
  }

  /**
   * A place in memory, once a request may be made. Thousands of documents may
   * wait, and the first of them find that StandCloud is still away: the others
   * are not read in vain. Undefined when nothing is sent any more.
   */
  async turn(): Promise<Seat | undefined> {
    for (;;) {
      const seat = await this.room.enter();
      if (!this.isPatient || !this.pace.isPaused) return seat;
      seat[Symbol.dispose]();
      if (!await this.pace.ready()) return undefined;
    }
  }
}
