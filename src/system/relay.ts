import { Buffer } from "node:buffer";
import { addressesOf, dial, type Endpoint, endpointOf } from "./dial.ts";

export interface RelayOptions {
  readonly target: Endpoint;
  /** How long a connection may take. */
  readonly timeoutMilliseconds: number;
  /** The target is a proxy: what arrives is for the proxy itself. */
  readonly isProxy: boolean;
  /** What is said to the target before anything else. */
  readonly greet?: (target: Deno.TcpConn) => Promise<void>;
}

/** A way through this program to a host of several addresses. */
export interface Relay extends Disposable {
  readonly port: number;
  /** What opens it, as user and password of a proxy; empty for a relay to a proxy. */
  readonly pass: string;
}

/**
 * The runtime itself waits for minutes at a silent address before it tries the
 * next one. The relay listens on loopback as a proxy does, connects to the
 * address that answers, and passes on what is encrypted already. It leads to
 * its target and nowhere else.
 */
export function openRelay(options: RelayOptions): Relay {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closing = new AbortController();
  const pass = options.isProxy ? "" : crypto.randomUUID();
  void (async () => {
    for await (const client of listener) {
      carry(client, { ...options, pass, signal: closing.signal })
        .catch(() => {}).finally(() => close(client));
    }
  })();
  return {
    port: listener.addr.port,
    pass,
    [Symbol.dispose]() {
      closing.abort();
      listener.close();
    },
  };
}

async function carry(
  client: Deno.TcpConn,
  { target: { host, port }, pass, isProxy, greet, ...options }:
    & RelayOptions
    & { pass: string; signal: AbortSignal },
): Promise<void> {
  if (!isProxy && !await isAllowed(client, { host, port, pass })) {
    return await say(client, "403 Forbidden");
  }
  const signal = AbortSignal.any([
    options.signal,
    AbortSignal.timeout(options.timeoutMilliseconds),
  ]);
  let server: Deno.TcpConn;
  try {
    const addresses = await addressesOf(host, { ...options, signal });
    server = await dial(addresses, port, { ...options, signal });
    await greet?.(server);
  } catch {
    return isProxy ? undefined : await say(client, "502 Bad Gateway");
  }
  const end = () => close(server);
  options.signal.addEventListener("abort", end);
  try {
    if (!isProxy) await say(client, "200 OK");
    await Promise.allSettled([
      client.readable.pipeTo(server.writable),
      server.readable.pipeTo(client.writable),
    ]);
  } finally {
    options.signal.removeEventListener("abort", end);
    end();
  }
}

/** Longer than any request for a tunnel that the runtime makes. */
const HEAD_BYTES = 4096;

/** Whether the runtime asks for a tunnel to the target (RFC 9110 section 9.3.6), and not another program. */
async function isAllowed(
  client: Deno.TcpConn,
  { host, port, pass }: Endpoint & { pass: string },
): Promise<boolean> {
  const [first, ...lines] = (await readHead(client)).split("\r\n");
  return first === `CONNECT ${host}:${port} HTTP/1.1` &&
    lines.some((line) =>
      line.toLowerCase().startsWith("proxy-authorization: basic ") &&
      line.slice("proxy-authorization: basic ".length) === btoa(`${pass}:`)
    );
}

/** The head of a message that has no body. */
async function readHead(connection: Deno.TcpConn): Promise<string> {
  const bytes = new Uint8Array(HEAD_BYTES);
  let [head, length] = ["", 0];
  while (!head.endsWith("\r\n\r\n") && length < HEAD_BYTES) {
    const count = await connection.read(bytes.subarray(length));
    if (count === null) break;
    length += count;
    head = new TextDecoder().decode(bytes.subarray(0, length));
  }
  return head;
}

/** Asks a proxy for a tunnel to a server. */
export async function askForTunnel(
  connection: Deno.TcpConn,
  url: URL,
  proxy: URL,
): Promise<void> {
  const target = `${url.hostname}:${endpointOf(url).port}`;
  const user = [proxy.username, proxy.password].map(decodeURIComponent)
    .join(":");
  const pass = user === ":"
    ? ""
    : `Proxy-Authorization: Basic ${Buffer.from(user).toString("base64")}\r\n`;
  const request =
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${pass}\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const answer = await readHead(connection);
  if (!/^HTTP\/1\.\d 200/.test(answer)) throw new Error("No tunnel");
}

async function say(client: Deno.TcpConn, status: string): Promise<void> {
  const bytes = new TextEncoder().encode(`HTTP/1.1 ${status}\r\n\r\n`);
  await client.write(bytes);
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It was closed from the other side.
  }
}
