import assert from "node:assert/strict";
import { failedFetch } from "../../src/system/failed_fetch.ts";
import type { HttpFailureReason } from "../../src/system/http_failure.ts";
import { TlsPeers } from "../../src/system/tls_peers.ts";

/** What the runtime says, and behind it the system, in the language of its user. */
const CAUSES: [cause: string, reason: HttpFailureReason][] = [
  ["tcp connect error: Connection refused (os error 111)", "refused"],
  [
    "tcp connect error: No connection could be made because the target machine actively refused it. (os error 10061)",
    "refused",
  ],
  [
    "tcp connect error: Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение. (os error 10061)",
    "refused",
  ],
  [
    "dns error: failed to lookup address information: Name or service not known",
    "unknown_host",
  ],
  ["dns error: Этот хост неизвестен. (os error 11001)", "unknown_host"],
  [
    "tcp connect error: Попытка установить соединение была безуспешной. (os error 10060)",
    "connection",
  ],
];

for (const [text, expected] of CAUSES) {
  Deno.test(`failedFetch() takes "${text.slice(0, 60)}" for ${expected}`, async () => {
    const cause = new Error(`client error (Connect): ${text}`);
    const error = new TypeError("error sending request", { cause });
    const target = {
      url: new URL("https://a.example/"),
      proxy: undefined,
      peers: new TlsPeers(),
    };
    assert.equal((await failedFetch(error, target)).reason, expected);
  });
}
