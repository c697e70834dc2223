import { type Program, start } from "./measure.ts";

/** Longer than any honest start; then there is no first byte to wait for. */
const PATIENCE_MS = 10_000;

export interface Listener extends Disposable {
  /** What the program is told to connect to. */
  readonly address: string;
  /** Milliseconds from the start of `program` to its first byte; the program is ended then. */
  readonly firstByte: (program: Program) => Promise<number>;
}

/** Stands where the service would stand, and only notes when somebody speaks. */
export function listen(): Listener {
  const server = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return {
    address: `127.0.0.1:${server.addr.port}`,
    firstByte: (program) => timeFirstByte(server, program),
    [Symbol.dispose]: () => server.close(),
  };
}

async function timeFirstByte(
  server: Deno.Listener,
  program: Program,
): Promise<number> {
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
  return first.at - begin;
}

interface Arrival {
  readonly at: number;
  readonly connection: Deno.Conn | null;
}

function silent(): Arrival {
  return { at: Number.NaN, connection: null };
}

async function arrivalOf(server: Deno.Listener): Promise<Arrival> {
  const connection = await server.accept();
  await connection.read(new Uint8Array(1));
  return { at: performance.now(), connection };
}
