import type { Concurrency } from "../../../src/upload/traffic/concurrency.ts";

/** A service as it is seen from outside; its time is counted, nothing waits for it. */
export interface ServiceOptions {
  /** Milliseconds on the way there and back. */
  readonly roundTrip?: number;
  /** How many requests it works on at a time, and how long on each. */
  readonly workers?: number;
  readonly workMilliseconds?: number;
  /** More at once than this are answered 429. */
  readonly mostAtOnce?: number;
}

interface Request {
  readonly client: Client;
  readonly startedAt: number;
  readonly isRefused: boolean;
}

export interface Client {
  readonly concurrency: Concurrency;
  /** Whether there is always one more document to send. */
  readonly isBusy: boolean;
  underWay: number;
  answers: number;
  refusals: number;
  /** The limit behind each answer. */
  readonly limits: number[];
}

/** Programs that send documents to one service, event by event. */
export class SimulatedService {
  options: ServiceOptions;
  now = 0;
  readonly #clients: Client[] = [];
  readonly #ends: { at: number; request: Request }[] = [];
  /** When each worker is free. */
  #workers: number[] = [];

  constructor(options: ServiceOptions) {
    this.options = options;
  }

  connect(concurrency: Concurrency, { isBusy = true } = {}): Client {
    const client: Client = {
      concurrency,
      isBusy,
      ...{ underWay: 0, answers: 0, refusals: 0, limits: [] },
    };
    this.#clients.push(client);
    return client;
  }

  /** Until so many answers came. */
  run(answers: number): void {
    for (let count = 0; count < answers; count++) {
      this.#fill();
      this.#ends.sort((a, b) => a.at - b.at);
      const next = this.#ends.shift();
      if (next === undefined) return;
      this.now = next.at;
      this.#end(next.request);
    }
  }

  /** Each program in its turn, as many as it may. */
  #fill(): void {
    const mayStart = ({ underWay, concurrency, isBusy }: Client) =>
      underWay < (isBusy ? concurrency.limit : Math.min(concurrency.limit, 2));
    for (
      let free = this.#clients.filter(mayStart);
      free.length > 0;
      free = this.#clients.filter(mayStart)
    ) free.forEach((client) => this.#start(client));
  }

  #start(client: Client): void {
    const { roundTrip = 0, workers = 1000, workMilliseconds = 1, mostAtOnce } =
      this.options;
    const atOnce = this.#ends.filter(({ request }) => !request.isRefused);
    const isRefused = mostAtOnce !== undefined && atOnce.length >= mostAtOnce;
    let at = this.now + roundTrip;
    if (!isRefused) {
      const free = this.#workers.filter((until) => until > this.now).sort((
        a,
        b,
      ) => a - b);
      const begin = free.length < workers
        ? this.now
        : free.at(-workers) ?? this.now;
      this.#workers = [...free, begin + workMilliseconds];
      at = begin + workMilliseconds + roundTrip;
    }
    client.underWay++;
    const request = { client, startedAt: this.now, isRefused };
    this.#ends.push({ at, request });
  }

  #end({ client, startedAt, isRefused }: Request): void {
    client.underWay--;
    client.answers++;
    if (isRefused) client.refusals++;
    client.concurrency.ended({
      startedAt,
      endedAt: this.now,
      isCrowded: isRefused,
      isWanted: client.isBusy,
    });
    client.limits.push(client.concurrency.limit);
  }
}
