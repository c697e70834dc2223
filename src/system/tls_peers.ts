import type { TlsPeer } from "./tls_probe.ts";

/** An upload that retries, or many at once, looks no more often than that. */
const LIFE_MILLISECONDS = 60_000;

interface Look {
  readonly peer: Promise<TlsPeer | undefined>;
  readonly until: number;
}

/** The certificates that were refused, each looked at once for all requests of a minute. */
export class TlsPeers {
  readonly #looks = new Map<string, Look>();

  /** Undefined when the server cannot be reached. */
  async peerOf(
    url: URL,
    proxy: URL | undefined,
  ): Promise<TlsPeer | undefined> {
    const now = performance.now();
    let look = this.#looks.get(url.origin);
    if (look === undefined || look.until <= now) {
      // Only who meets a refused certificate loads this.
      const peer = import("./tls_probe.ts")
        .then(({ probeTls }) => probeTls(url, proxy));
      look = { peer, until: now + LIFE_MILLISECONDS };
      this.#looks.set(url.origin, look);
    }
    return await look.peer;
  }
}
