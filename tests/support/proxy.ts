/** A proxy that knows CONNECT (RFC 9110 section 9.3.6) and nothing else. */
export interface Proxy extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Where it was asked to connect to. */
  readonly targets: string[];
}

export interface ProxyOptions {
  /** `user:password` that it wants; default: it takes everybody. */
  readonly user?: string;
  readonly hostname?: string;
}

export function startProxy(options: ProxyOptions = {}): Proxy {
  const { hostname = "127.0.0.1" } = options;
  const listener = Deno.listen({ hostname, port: 0 });
  const targets: string[] = [];
  const tunnels = (async () => {
    const open: Promise<void>[] = [];
    for await (const client of listener) {
      open.push(tunnel(client, targets, options));
    }
    await Promise.all(open);
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    port,
    url: `http://${hostname}:${port}`,
    targets,
    async [Symbol.asyncDispose]() {
      listener.close();
      await tunnels;
    },
  };
}

async function tunnel(
  client: Deno.Conn,
  targets: string[],
  { user }: ProxyOptions,
): Promise<void> {
  const bytes = new Uint8Array(4096);
  const length = await client.read(bytes) ?? 0;
  const head = new TextDecoder().decode(bytes.subarray(0, length));
  const [, hostname = "", port = ""] = /^CONNECT ([^:]+):(\d+)/.exec(head) ??
    [];
  const given = /^proxy-authorization: Basic (\S+)/im.exec(head)?.[1] ?? "";
  if (user !== undefined && atob(given) !== user) {
    await client.write(answer("407 Proxy Authentication Required"));
    client.close();
    return;
  }
  targets.push(`${hostname}:${port}`);
  const server = await Deno.connect({ hostname, port: Number(port) });
  await client.write(answer("200 OK"));
  await Promise.allSettled([
    client.readable.pipeTo(server.writable),
    server.readable.pipeTo(client.writable),
  ]);
}

function answer(status: string): Uint8Array {
  return new TextEncoder().encode(`HTTP/1.1 ${status}\r\n\r\n`);
}
