import type { Examined } from "../runs/examine.ts";
import { claim, type Happening, holdBack } from "./claim.ts";
import {
  type DocumentEnd,
  type DocumentEvent,
  type DocumentState,
  type DocumentWork,
  isEnd,
  step,
} from "./document_states.ts";
import type { Entry } from "./ledger/entry.ts";
import { asHeld, read, whenGone } from "./reading.ts";
import type { Report } from "./report/report.ts";
import { send } from "./send.ts";
import { findAgain } from "./sources/find_again.ts";
import type { Prepared } from "./sources/prepare.ts";
import type { UploadSource } from "./sources/upload_source.ts";
import { backoff, waitForOther } from "./traffic/pace.ts";
import type { Seat } from "./traffic/places.ts";
import type { UploadContext } from "./upload_context.ts";

/** How soon another request of the same run is looked after. */
const BUSY_MILLISECONDS = 100;

/** How a document ends. The report is only for the end `report`. */
export interface Ending {
  readonly end: DocumentEnd;
  readonly report: Report;
}

/** One document on its way to StandCloud, in as many tries as it takes. */
export class Document {
  readonly #upload: UploadContext;
  readonly #begin: number;
  #source: UploadSource;
  #seat: Seat;
  #state: DocumentState = "reading";
  #report: Report;
  #prepared: Prepared | undefined;
  #entry: Entry | undefined;
  #isBusy = false;
  #pauses = 0;

  /**
   * @param options.seat is given back when the document leaves memory.
   * @param options.report what is said of it before anything has happened.
   */
  constructor(
    upload: UploadContext,
    { source, seat, report }: {
      source: UploadSource;
      seat: Seat;
      report: Report;
    },
  ) {
    this.#upload = upload;
    this.#source = source;
    this.#seat = seat;
    this.#report = report;
    this.#begin = upload.system.clock.monotonic();
  }

  send(examined: Examined): Promise<Ending> {
    // Only the promise is handed on: the text is not kept while the document waits.
    return this.#follow(this.#read(examined).then(this.#note));
  }

  async #follow(first: Promise<DocumentEvent>): Promise<Ending> {
    for (let next = first;;) {
      const event = await next.catch((error) => this.#stop(error));
      const { state, action } = step(this.#state, event);
      this.#state = state;
      this.#isBusy = event === "busy" || event === "fuller form under way";
      const wasSentElsewhere = event === "known uploaded" && this.#pauses > 0;
      if (wasSentElsewhere) this.#upload.traffic.pace.succeeded();
      if (isEnd(action)) {
        this.#release(state === "waiting" || state === "held");
        return { end: action, report: this.#report };
      }
      next = this.#perform(action).then(this.#note);
    }
  }

  readonly #note = (happening: Happening): DocumentEvent => {
    const { event, report = this.#report, entry } = happening;
    const { prepared = this.#prepared } = happening;
    this.#report = report;
    this.#prepared = prepared;
    this.#entry = entry;
    return event;
  };

  /** Ends the whole upload. */
  #stop(error: unknown): DocumentEvent {
    this.#upload.end(error);
    this.#report = this.#upload.unsent(this.#report);
    return "stopped";
  }

  async #perform(action: DocumentWork): Promise<Happening> {
    if (action === "sleep") return await this.#sleep();
    if (action === "read") return await this.#readAgain();
    const prepared = this.#prepared;
    if (prepared === undefined) throw new Error("No document is read");
    if (action === "claim") return await claim(this.#upload, prepared);
    if (action === "ask") return await holdBack(this.#upload, prepared);
    const entry = this.#entry;
    if (entry === undefined) throw new Error("Nothing is claimed");
    return await send(this.#upload, { prepared, entry });
  }

  async #read(examined: Examined): Promise<Happening> {
    await this.#upload.traffic.rest();
    this.#seat.hold(examined.text?.length ?? 0);
    return read(this.#upload, examined, this.#source);
  }

  async #readAgain(): Promise<Happening> {
    const seat = await this.#upload.traffic.turn();
    if (seat === undefined) return { event: "stopped" };
    this.#seat = seat;
    const same = await findAgain(this.#source, this.#report, this.#upload);
    return same === undefined
      ? whenGone(this.#upload, this.#source, this.#report)
      : await this.#read(same);
  }

  /** Waits until it is time for another try, or until that would take too long. */
  async #sleep(): Promise<Happening> {
    const { system: { clock }, input, signal, traffic, ledger } = this.#upload;
    const { policy } = input;
    this.#release(true);
    this.#source = asHeld(this.#upload, this.#source, this.#report);
    const isBusy = this.#isBusy;
    this.#pauses++;
    const wait = isBusy
      ? BUSY_MILLISECONDS
      : backoff(this.#pauses, Math.random());
    const budget = isBusy ? waitForOther(policy) : policy.retryMilliseconds;
    const isTooLate = clock.monotonic() + wait - this.#begin > budget;
    if (isTooLate) return { event: "too late" };
    await clock.sleep(wait, signal);
    if (isBusy) await ledger.recover();
    return { event: await traffic.pace.ready() ? "due" : "too late" };
  }

  /** The document leaves memory, and its place is free. */
  #release(isWaiting: boolean): void {
    // While another request sends the run, lesser forms still wait for this one.
    if (this.#prepared && !(isWaiting && this.#isBusy)) {
      this.#upload.forms.end(this.#prepared, { isWaiting });
    }
    this.#prepared = undefined;
    this.#seat[Symbol.dispose]();
  }
}
