import assert from "node:assert/strict";
import { openHttpClient } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { startTlsService } from "../support/tls_service.ts";

Deno.test("send() looks once at a certificate that is refused, however many requests fail", async () => {
  await using folder = await TemporaryFolder.make();
  await using service = await startTlsService({ folder });
  using http = openHttpClient();
  const issuer = async () => {
    const error = await http.send(`https://${service.address}/a`, {
      timeoutMilliseconds: 5000,
    }).catch((error) => error);
    assert.ok(error instanceof HttpFailure);
    return error.peer?.issuer;
  };

  const issuers = await Promise.all([issuer(), issuer(), issuer()]);
  issuers.push(await issuer());

  assert.deepEqual(issuers, Array(4).fill("Works CA (Factory)"));
  assert.deepEqual(service.paths, ["/"]);
});
