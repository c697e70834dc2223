import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { systemClock } from "./clock.ts";
import { addressesOf, dial, type Endpoint, endpointOf } from "./dial.ts";
import { askForTunnel, openRelay } from "./relay.ts";

/** Sockets to look at a server with; all of them end with the look. */
export class Look implements Disposable {
  readonly #url: URL;
  readonly #proxy: URL | undefined;
  readonly #timeoutMilliseconds: number;
  readonly #end = new AbortController();
  readonly #timer: number;
  readonly #sockets: Socket[] = [];
  readonly #relays = new DisposableStack();
  readonly #late = Promise.withResolvers<never>();

  constructor(
    url: URL,
    { proxy, timeoutMilliseconds }: {
      proxy: URL | undefined;
      timeoutMilliseconds: number;
    },
  ) {
    this.#url = url;
    this.#proxy = proxy;
    this.#timeoutMilliseconds = timeoutMilliseconds;
    const late = new Error("No answer in time");
    this.#timer = setTimeout(
      () => this.#stop(late),
      timeoutMilliseconds,
    );
  }

  /** A connection to the server, perhaps through a tunnel of the proxy. */
  async tcp(): Promise<Socket> {
    const { host, port } = await this.#whereTo();
    const socket = this.#keep(connect(port, host));
    await event(socket, "connect");
    return socket;
  }

  /** The same encrypted, without trust: nothing secret may be sent. */
  async tls(protocols: string[]): Promise<TLSSocket> {
    const name = endpointOf(this.#url).host;
    const socket = this.#keep(connectTls({
      ...await this.#whereTo(),
      ...(isIP(name) === 0 && { servername: name }),
      rejectUnauthorized: false,
      ALPNProtocols: protocols,
    }));
    await event(socket, "secureConnect");
    return socket;
  }

  /** The address of the server that answers, or the way through the proxy: the runtime encrypts no connection that is open already. */
  async #whereTo(): Promise<Endpoint> {
    const proxy = this.#proxy;
    const { host, port } = endpointOf(proxy ?? this.#url);
    const { signal } = this.#end;
    const timeoutMilliseconds = this.#timeoutMilliseconds;
    if (proxy !== undefined) {
      const relay = openRelay({
        target: { host, port },
        timeoutMilliseconds,
        isProxy: true,
        greet: (connection) => askForTunnel(connection, this.#url, proxy),
      });
      this.#relays.use(relay);
      return { host: "127.0.0.1", port: relay.port };
    }
    const options = { signal, timeoutMilliseconds };
    const addresses = await addressesOf(host, options);
    if (addresses.length === 1) return { host: addresses[0] ?? host, port };
    const taken = await dial(addresses, port, options);
    taken.close();
    return { host: taken.remoteAddr.hostname, port };
  }

  #keep<S extends Socket>(socket: S): S {
    this.#sockets.push(socket);
    // An error after the last event that is waited for.
    socket.on("error", () => {});
    if (this.#end.signal.aborted) socket.destroy(this.#end.signal.reason);
    return socket;
  }

  /** What the look finds, within its time: not every socket tells that it was closed. */
  async within<T>(found: Promise<T>): Promise<T> {
    return await Promise.race([found, this.#late.promise]);
  }

  async pause(milliseconds: number): Promise<void> {
    await systemClock.sleep(milliseconds, this.#end.signal);
  }

  #stop(reason: Error): void {
    this.#late.promise.catch(() => {});
    this.#late.reject(reason);
    clearTimeout(this.#timer);
    this.#end.abort(reason);
    for (const socket of this.#sockets) socket.destroy();
    this.#relays.dispose();
  }

  [Symbol.dispose](): void {
    this.#stop(new Error("Done"));
  }
}

/** The first argument of the first `name`; rejects when the connection fails before. */
export function event(socket: Socket, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once(name, resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("Closed")));
  });
}
