import assert from "node:assert/strict";
import { openHttpClient, requireWhole } from "../../src/system/http_client.ts";
import { cutting, failure, withServer } from "./http_server.ts";

const timeoutMilliseconds = 5000;

Deno.test("send() keeps the status of an answer whose body does not end in time", async () => {
  using http = openHttpClient();
  const endless = () => new Response(new ReadableStream(), { status: 201 });
  await withServer(endless, async (origin) => {
    const { status, body, isWhole } = await http.send(origin, {
      timeoutMilliseconds: 100,
    });
    assert.deepEqual([status, body.length, isWhole], [201, 0, false]);
  });
});

Deno.test("send() keeps the status of an answer that breaks off within its body", async () => {
  using http = openHttpClient();
  using server = cutting("HTTP/1.1 422 No\r\nContent-Length: 99\r\n\r\nhalf");
  const answer = await http.send(server.origin, { timeoutMilliseconds });
  assert.deepEqual([answer.status, answer.isWhole], [422, false]);
  assert.throws(() => requireWhole(answer), failure("connection"));
});

Deno.test("send() passes on the reason of an abort within the body", async () => {
  using http = openHttpClient();
  const abort = new AbortController();
  const reason = new Error("Ctrl-C");
  const body = new ReadableStream({
    start: () => void setTimeout(() => abort.abort(reason), 50),
  });
  await withServer(() => new Response(body), async (origin) => {
    const { signal } = abort;
    await assert.rejects(
      http.send(origin, { timeoutMilliseconds, signal }),
      reason,
    );
  });
});

Deno.test("send() keeps the status of an answer of more than 8 MiB without reading all of it", async () => {
  using http = openHttpClient();
  const chunk = new Uint8Array(1024 * 1024);
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent++;
      controller.enqueue(chunk);
    },
  });
  await withServer(() => new Response(endless), async (origin) => {
    const answer = await http.send(origin, { timeoutMilliseconds });
    assert.equal(answer.status, 200);
    assert.equal(answer.isWhole, false);
    assert.equal(answer.body.length, 0);
    assert.throws(() => requireWhole(answer), failure("connection"));
  });
  assert.ok(sent < 50, `${sent} MiB`);
});

Deno.test("send() takes an answer of exactly 8 MiB", async () => {
  using http = openHttpClient();
  const body = new Uint8Array(8 * 1024 * 1024);
  await withServer(() => new Response(body), async (origin) => {
    const answer = await http.send(origin, { timeoutMilliseconds });
    assert.equal(answer.body.length, body.length);
  });
});
