import { concurrencyOf } from "./concurrency.ts";
import { Pace, type PaceOptions } from "./pace.ts";
import { Room, type Seat, Slots } from "./places.ts";

/** Documents in memory: while some are sent, others get ready for each request, and a few more. */
const DOCUMENTS_PER_REQUEST = 3;
const MORE_DOCUMENTS = 12;
const ROOM_BYTES = 64 * 1024 * 1024;

const REST_MILLISECONDS = 1;

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
    options: PaceOptions & { readonly concurrency: number | "auto" },
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
