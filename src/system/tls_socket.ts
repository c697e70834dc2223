import { Buffer } from "node:buffer";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { systemClock } from "./clock.ts";
import { addressesOf, dial, endpointOf } from "./dial.ts";

/** Sockets to look at a server with; all of them end with the look. */
export class Look implements Disposable {
  readonly #url: URL;
  readonly #proxy: URL | undefined;
  readonly #timeoutMilliseconds: number;
  readonly #end = new AbortController();
  readonly #timer: number;
  readonly #sockets: Socket[] = [];
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
    const { address, port } = await this.#whereTo();
    const socket = this.#keep(connect(port, address));
    await event(socket, "connect");
    if (this.#proxy) await askForTunnel(socket, this.#url, this.#proxy);
    return socket;
  }

  /** The same encrypted, without trust: nothing secret may be sent. */
  async tls(protocols: string[]): Promise<TLSSocket> {
    const { host } = endpointOf(this.#url);
    // The runtime encrypts an open connection only after it was read from.
    const { address, port } = await this.#whereTo();
    const socket = this.#keep(connectTls({
      ...(this.#proxy ? { socket: await this.tcp() } : { host: address, port }),
      ...(isIP(host) === 0 && { servername: host }),
      rejectUnauthorized: false,
      ALPNProtocols: protocols,
    }));
    await event(socket, "secureConnect");
    return socket;
  }

  /** The address that answers, of the server or its proxy. */
  async #whereTo(): Promise<{ address: string; port: number }> {
    const { host, port } = endpointOf(this.#proxy ?? this.#url);
    const { signal } = this.#end;
    const options = { signal, timeoutMilliseconds: this.#timeoutMilliseconds };
    const addresses = await addressesOf(host, options);
    const [address = host] = addresses;
    if (addresses.length === 1) return { address, port };
    const taken = await dial(addresses, port, options);
    taken.close();
    return { address: taken.remoteAddr.hostname, port };
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
  }

  [Symbol.dispose](): void {
    this.#stop(new Error("Done"));
  }
}

async function askForTunnel(
  socket: Socket,
  url: URL,
  proxy: URL,
): Promise<void> {
  const target = `${url.hostname}:${endpointOf(url).port}`;
  const user = [proxy.username, proxy.password].map(decodeURIComponent)
    .join(":");
  const authorization = user === ":"
    ? ""
    : `Proxy-Authorization: Basic ${Buffer.from(user).toString("base64")}\r\n`;
  socket.write(
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`,
  );
  const answer = String(await event(socket, "data"));
  if (!/^HTTP\/1\.\d 200/.test(answer)) throw new Error("No tunnel");
}

/** The first argument of the first `name`; rejects when the connection fails before. */
export function event(socket: Socket, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once(name, resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("Closed")));
  });
}
