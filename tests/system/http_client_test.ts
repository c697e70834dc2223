import assert from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import type { HttpFailureReason } from "../../src/system/http_failure.ts";
import { cutting, failure, withServer } from "./http_server.ts";
import { selfSigned } from "./self_signed.ts";

const timeoutMilliseconds = 5000;

Deno.test("send() gives status, headers and body, and sends what it is told to", async () => {
  using http = openHttpClient();
  await withServer(async (request) => {
    const { method, headers } = request;
    const text = `${method} ${headers.get("x-a")} ${await request.text()}`;
    return new Response(text, { status: 418, headers: { "x-b": "2" } });
  }, async (origin) => {
    const answer = await http.send(`${origin}/path`, {
      method: "POST",
      headers: { "x-a": "1" },
      body: "hello",
      timeoutMilliseconds,
    });
    assert.equal(answer.status, 418);
    assert.equal(answer.headers.get("x-b"), "2");
    assert.equal(new TextDecoder().decode(answer.body), "POST 1 hello");
  });
});

for (const status of [301, 302, 303, 307, 308]) {
  Deno.test(`send() does not follow a redirect with status ${status} (duty 24)`, async () => {
    using http = openHttpClient();
    const seen: string[] = [];
    await withServer((request) => {
      seen.push(new URL(request.url).pathname);
      return new Response(null, { status, headers: { location: "/evil" } });
    }, async (origin) => {
      const answer = await http.send(`${origin}/a`, { timeoutMilliseconds });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("location"), "/evil");
    });
    assert.deepEqual(seen, ["/a"]);
  });
}

Deno.test("send() gives up on a server that does not answer in time", async () => {
  using http = openHttpClient();
  const never = Promise.withResolvers<Response>();
  await withServer(() => never.promise, async (origin) => {
    await assert.rejects(
      http.send(origin, { timeoutMilliseconds: 50 }),
      failure("timeout"),
    );
    never.resolve(new Response());
  });
});

Deno.test("send() says when the connection is refused", async () => {
  using http = openHttpClient();
  let closed = "";
  await withServer(() => new Response(), (origin) => {
    closed = origin;
    return Promise.resolve();
  });
  await assert.rejects(
    http.send(closed, { timeoutMilliseconds }),
    failure("refused"),
  );
});

for (const text of ["", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\nCon"]) {
  Deno.test(`send() sends a body once when the connection is cut after ${JSON.stringify(text)}`, async () => {
    using http = openHttpClient();
    using server = cutting(text);
    await assert.rejects(
      http.send(server.origin, {
        method: "POST",
        body: "{}",
        timeoutMilliseconds,
      }),
      failure("connection"),
    );
    assert.equal(server.count(), 1);
  });
}

Deno.test("send() passes on the reason of an abort", async () => {
  using http = openHttpClient();
  const never = Promise.withResolvers<Response>();
  const abort = new AbortController();
  const reason = new Error("Ctrl-C");
  await withServer(() => {
    abort.abort(reason);
    return never.promise;
  }, async (origin) => {
    const { signal } = abort;
    const request = { timeoutMilliseconds, signal };
    await assert.rejects(http.send(origin, request), reason);
    await assert.rejects(http.send(origin, request), reason);
    never.resolve(new Response());
  });
});

const DAY = 24 * 3600 * 1000;

const certificates: [
  what: string,
  reason: HttpFailureReason,
  validity: { from: number; to: number },
  trusted: boolean,
][] = [
  [
    "by an unknown authority",
    "certificate_unknown",
    { from: -1, to: 1 },
    false,
  ],
  ["that has expired", "certificate_expired", { from: -9, to: -1 }, true],
  ["from the future", "certificate_from_future", { from: 1, to: 9 }, true],
];

for (const [what, reason, { from, to }, trusted] of certificates) {
  Deno.test(`send() refuses a certificate ${what} (duty 28)`, async () => {
    const now = Date.now();
    const tls = await selfSigned(
      new Date(now + from * DAY),
      new Date(now + to * DAY),
    );
    using http = openHttpClient(trusted ? { caCertificates: [tls.cert] } : {});
    await withServer(() => new Response(), async (origin) => {
      await assert.rejects(
        http.send(origin, { timeoutMilliseconds }),
        failure(reason),
      );
    }, tls);
  });
}

Deno.test("send() trusts the given authorities, for the certificate's own name", async () => {
  const now = Date.now();
  const tls = await selfSigned(new Date(now - DAY), new Date(now + DAY));
  using http = openHttpClient({ caCertificates: [tls.cert] });
  await withServer(() => new Response("ok"), async (origin) => {
    const answer = await http.send(origin, { timeoutMilliseconds });
    assert.equal(answer.status, 200);
    const other = origin.replace("127.0.0.1", "localhost");
    await assert.rejects(
      http.send(other, { timeoutMilliseconds }),
      failure("certificate_for_other"),
    );
  }, tls);
});
