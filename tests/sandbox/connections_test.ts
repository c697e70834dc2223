import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import { openGate } from "../../scripts/sandbox/gate.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import { key, matchUpload, reportPath, uploadOf } from "./uploads.ts";

for (const announced of [true, false]) {
  const how = announced ? "as announced" : "by surprise";

  Deno.test(`fault "close_connection" ends the connection ${how}, after the answer`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox, { http2: false });
    const action = { kind: "close_connection", announced } as const;
    sandbox.faults.push({ match: matchUpload, after: 1, times: 1, action });

    for (let count = 0; count < 2; count++) {
      const response = await stand.request(reportPath, uploadOf());
      equal([response.status, (await response.text()).length], [201, 54]);
    }
    equal(sandbox.connectionCount(), 1);
    while (sandbox.openConnectionCount() > 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const last = await stand.request(reportPath, uploadOf());
    await last.body?.cancel();

    equal([last.status, sandbox.connectionCount()], [201, 2]);
    equal(sandbox.reports.length, 3);
  });
}

Deno.test("setReachable() cuts every connection and lets none in", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const upload = async () => {
    const response = await stand.request(reportPath, uploadOf());
    await response.body?.cancel();
    return response.status;
  };

  equal(await upload(), 201);
  sandbox.setReachable(false);
  await rejects(upload());
  equal(sandbox.openConnectionCount(), 0);
  sandbox.setReachable(true);

  equal(await upload(), 201);
  equal(sandbox.reports.length, 2);
});

Deno.test("a client that goes away in the middle of its body leaves no report", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  const [hostname = "", port] = sandbox.address.split(":");
  {
    using client = await Deno.connectTls({
      hostname,
      port: Number(port),
      caCerts: [sandbox.caPem],
    });
    const head = [
      `POST ${reportPath} HTTP/1.1`,
      `Host: ${sandbox.address}`,
      `Authorization: Bearer ${key}`,
      "Content-Length: 100000",
    ];
    const text = `${head.join("\r\n")}\r\n\r\n{"rev":`;
    await client.write(new TextEncoder().encode(text));
  }
  while (sandbox.requests.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  equal(sandbox.requests.map(({ status }) => status), [0]);
  equal(sandbox.reports, []);
});

Deno.test("openGate() delays both directions and limits no throughput", async () => {
  const delayMilliseconds = 100;
  const size = 5_000_000;
  await using server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    onListen: () => {},
  }, async (request) => {
    const { byteLength } = await request.arrayBuffer();
    return new Response(String(byteLength));
  });
  await using gate = openGate({ target: server.addr.port, delayMilliseconds });

  const start = performance.now();
  const response = await fetch(`http://127.0.0.1:${gate.port}/`, {
    method: "POST",
    body: new Uint8Array(size),
  });
  const text = await response.text();
  const milliseconds = performance.now() - start;

  equal(text, String(size));
  ok(milliseconds >= 2 * delayMilliseconds, `${milliseconds} ms`);
  // One delay for each of its reads would take longer by far.
  ok(milliseconds < size / 65_536 * delayMilliseconds, `${milliseconds} ms`);
});

Deno.test("openGate() passes the end of a connection on, in both directions", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using gate = openGate({ target: listener.addr.port });
  using client = await Deno.connect({ hostname: "127.0.0.1", port: gate.port });
  using server = await listener.accept();

  await client.write(new Uint8Array([1, 2, 3]));
  await client.closeWrite();
  const sent = await new Response(server.readable).bytes();

  equal([...sent], [1, 2, 3]);
});
