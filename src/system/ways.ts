import {
  addressesOf,
  type DialOptions,
  endpointOf,
  isAnySilent,
} from "./dial.ts";
import type { Proxies } from "./proxies.ts";
import { openRelay } from "./relay.ts";
import { createRuntimeClient, type ProxyUse } from "./runtime_clients.ts";

/** How a request reaches its server. */
export interface Way {
  readonly proxy: URL | undefined;
  readonly client: Deno.HttpClient;
}

/** The ways to the servers that the program talks to. */
export class Ways implements Disposable {
  readonly #caCertificates: string[];
  readonly #proxies: Proxies;
  readonly #opened = new DisposableStack();
  readonly #clients = new Map<string, Deno.HttpClient>();
  readonly #found = new Map<string, Promise<Way>>();

  constructor(caCertificates: string[], proxies: Proxies) {
    this.#caCertificates = caCertificates;
    this.#proxies = proxies;
    // An authority that cannot be loaded is told before anything is asked.
    this.#client("", () => undefined);
  }

  /** @throws `config_invalid` for what is no proxy's URL. */
  async to(url: URL, options: DialOptions): Promise<Way> {
    const way = this.#found.get(url.origin) ?? this.#find(url, options);
    this.#found.set(url.origin, way);
    try {
      return await way;
    } catch (error) {
      this.forget(url);
      throw error;
    }
  }

  /** After a failure: an address may have died. */
  forget(url: URL): void {
    this.#found.delete(url.origin);
  }

  async #find(url: URL, options: DialOptions): Promise<Way> {
    const { proxy } = await this.#proxies.routeOf(url);
    const target = proxy ?? url;
    const isProxy = target === proxy;
    const client = await needsRelay(target, { ...options, isProxy })
      ? this.#client(
        `relay ${target}`,
        () => this.#relay(target, options, { isProxy }),
      )
      : this.#client(proxy?.href ?? "", () => proxy && proxyUse(proxy));
    return { proxy, client };
  }

  #client(
    key: string,
    proxy: () => ProxyUse | undefined,
  ): Deno.HttpClient {
    const known = this.#clients.get(key);
    if (known !== undefined) return known;
    const client = createRuntimeClient(this.#caCertificates, proxy());
    this.#clients.set(key, client);
    return this.#opened.use(client);
  }

  #relay(
    target: URL,
    { timeoutMilliseconds }: DialOptions,
    { isProxy }: { isProxy: boolean },
  ): ProxyUse {
    const endpoint = endpointOf(target);
    const relay = openRelay({ target: endpoint, timeoutMilliseconds, isProxy });
    this.#opened.use(relay);
    if (!isProxy) {
      return {
        url: `http://127.0.0.1:${relay.port}`,
        basicAuth: { username: relay.pass, password: "" },
      };
    }
    const url = new URL(target);
    url.host = `127.0.0.1:${relay.port}`;
    return proxyUse(url);
  }

  [Symbol.dispose](): void {
    this.#opened[Symbol.dispose]();
  }
}

/** Of a user without a password the runtime makes nothing, unless it stands apart. */
function proxyUse(proxy: URL): ProxyUse {
  const { protocol, username, password } = proxy;
  if (username === "" || protocol.startsWith("socks")) {
    return { url: proxy.href };
  }
  const url = new URL(proxy);
  [url.username, url.password] = ["", ""];
  return {
    url: url.href,
    basicAuth: {
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    },
  };
}

/**
 * Whether the runtime would wait for an address of the host that does not
 * answer. It tries IPv4 and IPv6 beside each other, but the addresses of one
 * kind only one after another.
 */
async function needsRelay(
  target: URL,
  { isProxy, ...options }: DialOptions & { isProxy: boolean },
): Promise<boolean> {
  const { host, port } = endpointOf(target);
  // The certificate of a proxy is for its name, which a relay does not have.
  if (host === "localhost" || isProxy && target.protocol === "https:") {
    return false;
  }
  const addresses = await addressesOf(host, options).catch(() => []);
  options.signal.throwIfAborted();
  const six = addresses.filter((address) => address.includes(":"));
  // The runtime does not find a SOCKS proxy by its IPv6 address.
  if (isProxy && six.includes(host)) return target.protocol !== "http:";
  const most = Math.max(six.length, addresses.length - six.length);
  return most > 1 && await isAnySilent(addresses, port, options);
}
