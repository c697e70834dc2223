import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { reasonOf } from "./disk_fault.ts";
import { systemClock } from "./clock.ts";

/** Where a URL's server listens. */
export interface Endpoint {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface DialOptions {
  readonly signal: AbortSignal;
  /** How long the request may take that the connection is for. */
  readonly timeoutMilliseconds: number;
}

const PORTS: Readonly<Record<string, number>> = {
  "http:": 80,
  "https:": 443,
  "socks5:": 1080,
  "socks5h:": 1080,
};

export function endpointOf({ protocol, hostname, port }: URL): Endpoint {
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: Number(port) || (PORTS[protocol] ?? 443),
  };
}

/**
 * The addresses of a host, as every connection of the program finds them.
 *
 * @throws when there are none.
 */
export async function addressesOf(
  host: string,
  { signal, timeoutMilliseconds }: DialOptions,
): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const late = Promise.withResolvers<never>();
  const end = () =>
    late.reject(signal.reason ?? new Error("no answer in time"));
  signal.throwIfAborted();
  signal.addEventListener("abort", end);
  const timer = setTimeout(end, timeoutMilliseconds);
  try {
    const found = await Promise.race([
      lookup(host, { all: true }),
      late.promise,
    ]);
    return [...new Set(found.map(({ address }) => address))];
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

/**
 * Connects to the first address that takes the connection. An address that
 * stays silent does not hold up the next.
 *
 * @throws the refusal, or the reason of the signal.
 */
export async function dial(
  addresses: readonly string[],
  port: number,
  options: DialOptions,
): Promise<Deno.TcpConn> {
  using attempts = new Attempts(port, options.signal);
  for (const address of addresses) {
    attempts.start(address);
    const first = attempts.first();
    const taken = await Promise.race([first, attempts.silence(options)])
      .catch(() => undefined);
    if (taken !== undefined) return taken;
  }
  return await attempts.first();
}

/** Whether an address neither takes nor refuses a connection: the next would have to wait. */
export async function isAnySilent(
  addresses: readonly string[],
  port: number,
  options: DialOptions,
): Promise<boolean> {
  using attempts = new Attempts(port, options.signal);
  for (const address of addresses) attempts.start(address);
  return await Promise.race([
    attempts.settled().then(() => false),
    attempts.silence(options).then(() => true),
  ]);
}

/** What became of a connection to one address. */
export interface Tried {
  readonly address: string;
  /** Undefined where the connection was taken. */
  readonly problem: string | undefined;
}

/** Tries all of them at the same time; where one is taken, the others get no more than a third of the time. */
export async function tryEach(
  addresses: readonly string[],
  port: number,
  timeoutMilliseconds: number,
): Promise<Tried[]> {
  const late = new AbortController();
  const end = () => late.abort();
  const timers = [setTimeout(end, timeoutMilliseconds)];
  const { signal } = late;
  const tried = await Promise.all(addresses.map(async (address) => {
    try {
      (await Deno.connect({ hostname: address, port, signal })).close();
      timers.push(setTimeout(end, timeoutMilliseconds / 3));
      return { address, problem: undefined };
    } catch (error) {
      const problem = signal.aborted ? "no answer in time" : reasonOf(error);
      return { address, problem };
    }
  }));
  timers.forEach(clearTimeout);
  return tried;
}

/** How long an address may stay silent before the next is tried as well (RFC 8305 section 8). */
const HEAD_START_MILLISECONDS = 250;

/** Connections that are tried at the same time; at most one is used. */
class Attempts implements Disposable {
  readonly #port: number;
  readonly #called: AbortSignal;
  readonly #end = new AbortController();
  readonly #all: Promise<Deno.TcpConn>[] = [];
  #used: Deno.TcpConn | undefined;

  constructor(port: number, called: AbortSignal) {
    this.#port = port;
    this.#called = called;
  }

  get #signal(): AbortSignal {
    return AbortSignal.any([this.#called, this.#end.signal]);
  }

  start(hostname: string): void {
    const attempt = Deno.connect({
      hostname,
      port: this.#port,
      signal: this.#signal,
    });
    attempt.catch(() => {});
    this.#all.push(attempt);
  }

  /** The first that is taken of those that are started. */
  async first(): Promise<Deno.TcpConn> {
    try {
      return this.#used = await Promise.any(this.#all);
    } catch (error) {
      this.#called.throwIfAborted();
      throw error instanceof AggregateError ? error.errors.at(-1) : error;
    }
  }

  settled(): Promise<unknown> {
    return Promise.allSettled(this.#all);
  }

  silence({ timeoutMilliseconds }: DialOptions): Promise<undefined> {
    const patience = Math.min(HEAD_START_MILLISECONDS, timeoutMilliseconds / 6);
    return systemClock.sleep(patience, this.#signal).then(() => undefined);
  }

  [Symbol.dispose](): void {
    this.#end.abort();
    for (const attempt of this.#all) {
      attempt.then((one) => one !== this.#used && one.close(), () => {});
    }
  }
}
