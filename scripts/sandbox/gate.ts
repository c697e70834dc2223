/** A TCP connection from a client, and its other half to the server behind. */
export interface GateConnection {
  /** Ends both halves at once, under whatever is on its way. */
  close(): void;
  /** Ends them as soon as nothing is on its way any more. */
  closeWhenIdle(): Promise<void>;
}

/** Listens in front of a server and passes bytes on, so that connections can be handled. */
export interface Gate extends AsyncDisposable {
  readonly port: number;
  /** Connections that were accepted so far. */
  readonly accepted: number;
  /** Connections that are there now. */
  readonly open: number;
  /** False: no connection lives, none gets as far as TLS. Change it at any time. */
  reachable: boolean;
  /** The connection that reached the server from this port of ours. */
  connectionFrom(port: number): GateConnection | undefined;
}

export interface GateOptions {
  /** The server's port on 127.0.0.1. */
  readonly target: number;
  /** Default 0: a free one. */
  readonly port?: number;
  /** How long every byte takes on its way, in each direction; default 0. */
  readonly delayMilliseconds?: number;
}

/**
 * Opens a gate on 127.0.0.1. It sends small packets at once: `Deno.serve` alone has Nagle's
 * algorithm on, and its answers over HTTP/2 then wait 40 ms for an acknowledgement.
 */
export function openGate(options: GateOptions): Gate {
  const hostname = "127.0.0.1";
  const listener = Deno.listen({ hostname, port: options.port ?? 0 });
  const connections = new Map<number, GateConnection>();
  const running = new Set<Promise<void>>();
  let accepted = 0;
  let reachable = true;
  const track = (work: Promise<void>): Promise<void> => {
    const tracked: Promise<void> = work.catch(() => {})
      .finally(() => running.delete(tracked));
    running.add(tracked);
    return tracked;
  };
  const cut = () => {
    reachable = false;
    for (const connection of connections.values()) connection.close();
  };
  const pass = async (client: Deno.TcpConn) => {
    using _client = closing(client);
    if (!reachable) return;
    const server = await Deno.connect({ hostname, port: options.target });
    using _server = closing(server);
    const close = () => [client, server].forEach(closeQuietly);
    if (!reachable) return;
    const { port } = server.localAddr;
    const flow = {
      passed: 0,
      delayMilliseconds: options.delayMilliseconds ?? 0,
    };
    connections.set(port, {
      close,
      closeWhenIdle: () => track(idle(flow).then(close)),
    });
    await Promise.all([
      copy(client, server, flow).catch(close),
      copy(server, client, flow).catch(close),
    ]);
    connections.delete(port);
  };
  const accepting = (async () => {
    for await (const client of listener) {
      accepted++;
      track(pass(client));
    }
  })();
  return {
    port: listener.addr.port,
    get accepted() {
      return accepted;
    },
    get reachable() {
      return reachable;
    },
    set reachable(value) {
      if (value) reachable = true;
      else cut();
    },
    get open() {
      return connections.size;
    },
    connectionFrom: (port) => connections.get(port),
    [Symbol.asyncDispose]: async () => {
      listener.close();
      cut();
      await accepting;
      while (running.size > 0) await Promise.all(running);
    },
  };
}

interface Flow {
  /** Bytes that were read, in both directions. */
  passed: number;
  readonly delayMilliseconds: number;
}

const READ_BYTES = 65_536;
const IDLE_MILLISECONDS = 10;

async function idle(flow: Flow): Promise<void> {
  for (let before = -1; before !== flow.passed;) {
    before = flow.passed;
    await wait(IDLE_MILLISECONDS + flow.delayMilliseconds);
  }
}

async function copy(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  flow: Flow,
): Promise<void> {
  to.setNoDelay(true);
  if (flow.delayMilliseconds > 0) return await copyLater(from, to, flow);
  const buffer = new Uint8Array(READ_BYTES);
  for (let size; (size = await from.read(buffer)) !== null;) {
    flow.passed += size;
    await writeAll(to, buffer.subarray(0, size));
  }
  await to.closeWrite();
}

/** Reads on while bytes are on their way: the delay must not limit the throughput. */
async function copyLater(
  from: Deno.TcpConn,
  to: Deno.TcpConn,
  flow: Flow,
): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let failed = false;
  const later = (write: () => Promise<void>) => {
    const due = wait(flow.delayMilliseconds);
    writing = writing.then(() => due).then(write);
    writing.catch(() => failed = true);
  };
  const buffer = new Uint8Array(READ_BYTES);
  for (let size; !failed && (size = await from.read(buffer)) !== null;) {
    flow.passed += size;
    const bytes = buffer.slice(0, size);
    later(() => writeAll(to, bytes));
  }
  later(() => to.closeWrite());
  await writing;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function writeAll(to: Deno.TcpConn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) {
    sent += await to.write(bytes.subarray(sent));
  }
}

function closing(connection: Deno.TcpConn): Disposable {
  return { [Symbol.dispose]: () => closeQuietly(connection) };
}

function closeQuietly(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It was closed already.
  }
}
