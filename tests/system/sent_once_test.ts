import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { openHttpClient } from "../../src/system/http_client.ts";
import { withServer } from "./http_server.ts";

for (const mebibytes of [1, 70]) {
  Deno.test(`send() sends a body of ${mebibytes} MiB byte for byte, with its length`, async () => {
    const body = new Uint8Array(mebibytes * 1024 * 1024);
    for (let at = 0; at < body.length; at += 65536) {
      crypto.getRandomValues(body.subarray(at, at + 65536));
    }
    let received: Uint8Array | undefined;
    let length: string | null = null;
    using http = openHttpClient();
    const handler = async (request: Request) => {
      length = request.headers.get("content-length");
      received = await request.bytes();
      return new Response();
    };
    await withServer(handler, async (origin) => {
      await http.send(origin, {
        method: "POST",
        body,
        timeoutMilliseconds: 30_000,
      });
    });
    assert.equal(length, String(body.length));
    assert.ok(Buffer.from(received ?? []).equals(body));
  });
}
