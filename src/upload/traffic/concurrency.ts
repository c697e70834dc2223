/** How a request ended, as far as it says how many may be under way. */
export interface EndedRequest {
  /** Both monotonic, in milliseconds. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** StandCloud takes no more at once: 429, 503, or no answer in time. */
  readonly isCrowded: boolean;
  /** Another document waits for its turn: one more request would be of use. */
  readonly isWanted: boolean;
}

/** How many requests may be under way at once. */
export interface Concurrency {
  readonly limit: number;
  ended(request: EndedRequest): void;
}

export function concurrencyOf(wanted: number | "auto"): Concurrency {
  return wanted === "auto"
    ? new AdaptiveConcurrency()
    : { limit: wanted, ended: () => {} };
}

/** The lower bound by time too: StandCloud takes so many from each client, however slow its answers are. */
const FIRST = 4;
const MOST = 32;

/** So many requests may wait in StandCloud's queue: fewer would leave it idle between them. */
const QUEUED = 4;

/** A busy line or computer makes answers so much longer, however few requests there are. */
const SLACK = 1.5;

/** What is left of the requests when StandCloud takes no more. */
const FALL = 0.75;
/** Rounds without a refusal before one more request is tried. */
const CALM_ROUNDS = 16;

/** The shortest time is measured again so often, with half of the requests: the line may have changed. */
const MEASURING_ROUNDS = 100;

/**
 * Finds how many requests at once are of use, round by round; a round is one
 * answer to each of them. Two bounds hold:
 *
 * - by time: more requests at once than the line and StandCloud can work on
 *   wait in a queue, and take longer by that. As long as they do not, there may
 *   be more of them (as in TCP Vegas).
 * - by refusals: each takes a quarter away, and long calm gives one back. Several
 *   processes come to about the same share by that, since the larger share loses
 *   more (as in TCP Reno).
 */
class AdaptiveConcurrency implements Concurrency {
  #byTime = FIRST;
  #byRefusals = MOST;
  #shortest = Infinity;
  #round = newRound(-Infinity);
  #fellAt = -Infinity;
  #calmRounds = 0;
  #rounds = 0;

  get limit(): number {
    return Math.min(this.#byTime, this.#byRefusals);
  }

  ended({ startedAt, endedAt, isCrowded, isWanted }: EndedRequest): void {
    if (isCrowded) return this.#fall(startedAt, endedAt);
    // It says nothing about the present limit.
    if (startedAt < this.#round.begin) return;
    this.#round.times.push(endedAt - startedAt);
    this.#round.isWanted ||= isWanted;
    if (this.#round.times.length >= Math.max(this.limit, FIRST)) {
      this.#endRound(endedAt);
    }
  }

  /** Requests that were under way together are refused together. */
  #fall(startedAt: number, now: number): void {
    if (startedAt < this.#fellAt) return;
    this.#byRefusals = Math.max(1, Math.floor(this.limit * FALL));
    this.#fellAt = now;
    this.#calmRounds = 0;
    this.#round = newRound(now);
  }

  #endRound(now: number): void {
    const { times, isWanted } = this.#round;
    this.#round = newRound(now);
    const time = medianOf(times);
    this.#shortest = Math.min(this.#shortest, time);
    const share = Math.min(1, SLACK * this.#shortest / time);
    const useful = this.limit * share + QUEUED;
    // Without a waiting document the round shows nothing about more requests.
    const most = isWanted ? MOST : this.#byTime;
    this.#byTime = Math.floor(Math.min(Math.max(useful, FIRST), most));
    if (isWanted) this.#calm();
    if (++this.#rounds % MEASURING_ROUNDS === 0) this.#measure();
  }

  #calm(): void {
    if (++this.#calmRounds % CALM_ROUNDS !== 0) return;
    this.#byRefusals = Math.min(this.#byRefusals + 1, MOST);
  }

  #measure(): void {
    this.#byTime = Math.max(FIRST, Math.floor(this.#byTime / 2));
    this.#shortest = Infinity;
  }
}

interface Round {
  /** Monotonic. */
  readonly begin: number;
  /** How long each request took. */
  readonly times: number[];
  isWanted: boolean;
}

function newRound(begin: number): Round {
  return { begin, times: [], isWanted: false };
}

/** A few large documents do not move it. */
function medianOf(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
