/**
 * Reads an answer whose body stops, while garbage is collected again and again.
 * Prints how the read ended. Needs `--v8-flags=--expose-gc`.
 */
import { openHttpClient } from "../../../src/system/http_client.ts";
import { withServer } from "../http_server.ts";

const ENDS: Record<string, { milliseconds: number; aborts: boolean }> = {
  interrupt: { milliseconds: 60_000, aborts: true },
  timeout: { milliseconds: 500, aborts: false },
};

const [method, way = ""] = Deno.args;
const { milliseconds = 0, aborts } = ENDS[way] ?? {};
const interrupt = new AbortController();
const { gc } = globalThis as unknown as { gc(): void };
setInterval(gc, 20);
if (aborts) setTimeout(() => interrupt.abort(new Error("interrupted")), 500);

function halfAnswer(): Response {
  return new Response(
    new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(9)) }),
  );
}

async function read(origin: string): Promise<string> {
  const http = openHttpClient();
  const other = new AbortController();
  const request = {
    timeoutMilliseconds: milliseconds,
    signal: AbortSignal.any([interrupt.signal, other.signal]),
  };
  if (method === "send") {
    const { isWhole } = await http.send(origin, request);
    return isWhole ? "whole" : "not whole";
  }
  await using answer = await http.open(origin, request);
  for await (const _ of answer.portions);
  return "whole";
}

await withServer(halfAnswer, async (origin) => {
  const end = await read(origin).catch(({ message }) => message);
  Deno.stdout.writeSync(new TextEncoder().encode(`${end}\n`));
  Deno.exit();
});
