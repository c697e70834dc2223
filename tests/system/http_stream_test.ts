import assert from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import type { HttpStream } from "../../src/system/http_stream.ts";
import { cutting, failure, withServer } from "./http_server.ts";

const timeoutMilliseconds = 5000;
const MEGABYTE = new Uint8Array(1024 * 1024);

async function bytesOf({ portions }: HttpStream): Promise<number> {
  let bytes = 0;
  for await (const portion of portions) bytes += portion.length;
  return bytes;
}

Deno.test("open() gives an answer of more than 8 MiB in portions", async () => {
  using http = openHttpClient();
  let left = 20;
  const body = new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(MEGABYTE);
      else controller.close();
    },
  });
  await withServer(
    () => new Response(body, { status: 203 }),
    async (origin) => {
      const answer = await http.open(origin, { timeoutMilliseconds });
      await using stream = answer;
      assert.equal(stream.status, 203);
      assert.equal(await bytesOf(stream), 20 * MEGABYTE.length);
    },
  );
});

Deno.test("open() drops the connection when the rest of an answer is not wanted", async () => {
  using http = openHttpClient();
  const dropped = Promise.withResolvers<void>();
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(MEGABYTE),
    cancel: () => dropped.resolve(),
  });
  await withServer(() => new Response(endless), async (origin) => {
    const stream = await http.open(origin, { timeoutMilliseconds });
    for await (const portion of stream.portions) {
      assert.ok(portion.length > 0);
      break;
    }
    await stream[Symbol.asyncDispose]();
    await dropped.promise;
  });
});

Deno.test("open() throws when the connection breaks off within the body", async () => {
  using http = openHttpClient();
  using server = cutting("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf");
  const answer = await http.open(server.origin, { timeoutMilliseconds });
  await using stream = answer;
  await assert.rejects(bytesOf(stream), failure("connection"));
});

Deno.test("open() gives up on a body that stops, and on a server that does not answer", async () => {
  using http = openHttpClient();
  const never = Promise.withResolvers<Response>();
  await withServer(
    ({ url }) =>
      url.endsWith("/never")
        ? never.promise
        : new Response(new ReadableStream()),
    async (origin) => {
      // Long enough for the head of an answer on a busy machine.
      const brief = { timeoutMilliseconds: 1500 };
      const answer = await http.open(origin, brief);
      await using stream = answer;
      await assert.rejects(bytesOf(stream), failure("timeout"));
      await assert.rejects(
        http.open(`${origin}/never`, brief),
        failure("timeout"),
      );
      never.resolve(new Response());
    },
  );
});

Deno.test("open() passes on the reason of an abort within the body", async () => {
  using http = openHttpClient();
  const abort = new AbortController();
  const reason = new Error("Ctrl-C");
  await withServer(
    () => new Response(new ReadableStream()),
    async (origin) => {
      const { signal } = abort;
      const options = { timeoutMilliseconds, signal };
      const answer = await http.open(origin, options);
      await using stream = answer;
      const reading = assert.rejects(bytesOf(stream), reason);
      abort.abort(reason);
      await reading;
    },
  );
});
