import { type Program, start } from "./measure.ts";

/** Longer than any honest start; then there is no first byte to wait for. */
const PATIENCE_MS = 10_000;

export interface Listener extends Disposable {
  /** What the program is told to connect to. */
  readonly address: string;
  /** When `program` spoke; it is ended then. */
  readonly arrival: (program: Program) => Promise<Spoke>;
}

/** Milliseconds from the start of a program. */
export interface Spoke {
  /** To its connection: all of the program's own work is done. */
  readonly connection: number;
  /** To its first byte, for which TLS must be ready. */
  readonly byte: number;
}

/** Stands where the service would stand, and only notes when somebody speaks. */
export function listen(): Listener {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return {
    address: `127.0.0.1:${server.addr.port}`,
    arrival: (program) => timeArrival(server, program),
    [Symbol.dispose]: () => server.close(),
  };
}

async function timeArrival(
  server: Deno.Listener,
  program: Program,
): Promise<Spoke> {
  const begin = performance.now();
  const child = start(program);
  const arrival = arrivalOf(server);
  const end = child.status.then(({ code }) => code);
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MS);
  const first = await Promise.race([arrival, end.then(silent)]);
  if (first.connection === null) {
    clearTimeout(timer);
    arrival.then(({ connection }) => connection?.close(), () => {});
    throw new Error(
      `${program.args?.join(" ")}: no byte arrived, exit code ${await end}`,
    );
  }
  first.connection.close();
  await end;
  clearTimeout(timer);
  return {
    connection: first.connectedAt - begin,
    byte: first.at - begin,
  };
}

interface Arrival {
  readonly connectedAt: number;
  readonly at: number;
  readonly connection: Deno.Conn | null;
}

function silent(): Arrival {
  return { connectedAt: Number.NaN, at: Number.NaN, connection: null };
}

async function arrivalOf(server: Deno.Listener): Promise<Arrival> {
  const connection = await server.accept();
  const connectedAt = performance.now();
  await connection.read(new Uint8Array(1));
  return { connectedAt, at: performance.now(), connection };
}
