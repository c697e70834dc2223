/**
 * Passes on what comes over its connections, and remembers the requests. Passing
 * on requests by `fetch` would leave answers unread that arrive while the program
 * leaves.
 */
export class Recorder {
  readonly requests: string[] = [];
  readonly #target: number;
  #listener: Deno.TcpListener | undefined;
  /** Passes on until its connections are closed. */
  readonly #passing = new Map<Promise<unknown>, () => void>();
  #accepting: Promise<void> = Promise.resolve();

  constructor(target: number) {
    this.#target = target;
  }

  start(port: number): number {
    const listener = Deno.listen({ hostname: "127.0.0.1", port });
    this.#listener = listener;
    this.#accepting = this.#accept(listener);
    return listener.addr.port;
  }

  async stop(): Promise<void> {
    this.#listener?.close();
    this.#listener = undefined;
    await this.#accepting;
    for (const close of this.#passing.values()) close();
    await Promise.all(this.#passing.keys());
  }

  async #accept(listener: Deno.TcpListener): Promise<void> {
    for await (const client of listener) {
      const server = await connected(this.#target);
      if (server === undefined) {
        client.close();
        continue;
      }
      const close = once(() => [client, server].forEach((one) => one.close()));
      const passing = Promise.all([
        pass(client, server, (bytes) => this.#note(bytes)).finally(close),
        pass(server, client).finally(close),
      ]);
      this.#passing.set(passing, close);
      passing.finally(() => this.#passing.delete(passing));
    }
  }

  /** A GET comes in one piece, since it has no body. */
  #note(bytes: Uint8Array): void {
    const text = new TextDecoder().decode(bytes);
    for (const [, method, path] of text.matchAll(REQUEST_LINES)) {
      this.requests.push(`${method} ${path}`);
    }
  }
}

const REQUEST_LINES = /^([A-Z]+) ([^ ?]+)\S* HTTP\/1\.1\r$/gm;

/** Until one of them is closed. */
async function pass(
  from: Deno.Conn,
  to: Deno.Conn,
  see: (bytes: Uint8Array) => void = () => {},
): Promise<void> {
  const buffer = new Uint8Array(65_536);
  try {
    for (;;) {
      const length = await from.read(buffer);
      if (length === null) return;
      const bytes = buffer.subarray(0, length);
      see(bytes);
      for (let at = 0; at < length;) at += await to.write(bytes.subarray(at));
    }
  } catch {
    // The program has left, or the server is away.
  }
}

function connected(port: number): Promise<Deno.Conn | undefined> {
  return Deno.connect({ hostname: "127.0.0.1", port }).catch(() => undefined);
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
