import type { TlsPeer } from "./tls_probe.ts";
import type { TlsRefusal } from "./tls_refusal.ts";

/** An upload that retries, or many at once, looks no more often than that. */
const LIFE_MILLISECONDS = 60_000;

interface Look {
  readonly seen: Promise<unknown>;
  readonly until: number;
}

/** The servers that were refused or refuse, each looked at once for all requests of a minute. */
export class TlsPeers {
  readonly #looks = new Map<string, Look>();

  /** Undefined when the server cannot be reached. */
  peerOf(url: URL, proxy: URL | undefined): Promise<TlsPeer | undefined> {
    // Only who meets a refused certificate loads this.
    return this.#once(`peer ${url.origin}`, async () => {
      const { probeTls } = await import("./tls_probe.ts");
      return await probeTls(url, proxy);
    });
  }

  /** Undefined when nothing more can be seen. */
  refusalOf(
    url: URL,
    proxy: URL | undefined,
  ): Promise<TlsRefusal | undefined> {
    return this.#once(`refusal ${url.origin}`, async () => {
      const { probeRefusal } = await import("./tls_refusal.ts");
      return await probeRefusal(url, proxy);
    });
  }

  #once<T>(key: string, look: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.#looks.get(key);
    if (known !== undefined && known.until > now) {
      return known.seen as Promise<T>;
    }
    const seen = look();
    this.#looks.set(key, { seen, until: now + LIFE_MILLISECONDS });
    return seen;
  }
}
