import assert from "node:assert/strict";
import {
  HttpFailure,
  type HttpFailureReason,
} from "../../src/system/http_failure.ts";

/** Serves on a port of its own while `use` runs. */
export async function withServer(
  handler: (request: Request) => Response | Promise<Response>,
  use: (origin: string) => Promise<void>,
  tls?: { cert: string; key: string },
): Promise<void> {
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
    ...tls,
  }, handler);
  try {
    await use(
      `${tls ? "https" : "http"}://127.0.0.1:${server.addr.port}`,
    );
  } finally {
    await server.shutdown();
  }
}

/** A check for `assert.rejects`: the request failed for this reason. */
export function failure(reason: HttpFailureReason): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof HttpFailure, String(error));
    assert.equal(error.reason, reason, String(error.cause));
    return true;
  };
}

/** Answers every connection with `text`, then closes it; counts them. */
export function cutting(
  text: string,
): { origin: string; count(): number } & Disposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let count = 0;
  (async () => {
    for await (const connection of listener) {
      count++;
      using _closed = connection;
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode(text));
    }
  })();
  return {
    origin: `http://127.0.0.1:${listener.addr.port}`,
    count: () => count,
    [Symbol.dispose]: () => listener.close(),
  };
}
