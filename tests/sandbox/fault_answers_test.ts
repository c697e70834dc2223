import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import type { FaultAction } from "../../scripts/sandbox/fault_types.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import { key, matchUpload, report, reportPath, uploadOf } from "./uploads.ts";

interface Seen {
  readonly response: Response;
  readonly text: string;
}

/** What the client sees, how many reports are stored, and that the next upload is sound. */
async function underFault(
  action: FaultAction,
  { http2 = false }: { http2?: boolean } = {},
): Promise<Seen & { readonly stored: number; readonly milliseconds: number }> {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox, { http2 });
  sandbox.faults.push({ match: matchUpload, times: 1, action });
  const start = performance.now();
  const response = await stand.request(reportPath, uploadOf());
  const text = await response.text();
  const milliseconds = performance.now() - start;
  const stored = sandbox.reports.length;
  const next = await stand.request(reportPath, uploadOf());
  await next.body?.cancel();
  equal([next.status, sandbox.faults.length], [201, 0]);
  equal(sandbox.requests.map(({ fault }) => fault), [action.kind, undefined]);
  return { response, text, stored, milliseconds };
}

Deno.test('fault "too_many_requests" tells the seconds to wait', async () => {
  const { response, stored } = await underFault({
    kind: "too_many_requests",
    retryAfterSeconds: 7,
  });

  equal([response.status, response.headers.get("retry-after"), stored], [
    429,
    "7",
    0,
  ]);
});

Deno.test('fault "too_many_requests" tells the date to wait for', async () => {
  const before = Math.floor(Date.now() / 1000) * 1000;
  const { response } = await underFault({
    kind: "too_many_requests",
    retryAfterSeconds: 120,
    asDate: true,
  });
  const text = response.headers.get("retry-after") ?? "";
  const date = Date.parse(text);

  equal(new Date(date).toUTCString(), text);
  ok(date >= before + 120_000 && date <= Date.now() + 120_000, text);
});

Deno.test('fault "unauthorized" refuses the token once', async () => {
  const { response, stored } = await underFault({ kind: "unauthorized" });
  const challenge = response.headers.get("www-authenticate") ?? "";

  equal([response.status, stored], [401, 0]);
  ok(challenge.startsWith('Bearer error="invalid_token"'), challenge);
});

Deno.test('fault "sign_in_page" answers 200 with HTML', async () => {
  const { response, text, stored } = await underFault({ kind: "sign_in_page" });

  equal([response.status, stored], [200, 0]);
  equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  ok(text.includes("Sign in"));
});

for (const status of [302, 303]) {
  Deno.test(`fault "redirect_to_sign_in" answers ${status} to the sign-in page`, async () => {
    const { response, stored } = await underFault({
      kind: "redirect_to_sign_in",
      status,
    });
    const location = new URL(response.headers.get("location") ?? "");

    equal([response.status, location.pathname, stored], [status, "/auth/", 0]);
    equal(location.searchParams.get("rm"), "POST");
  });
}

for (const http2 of [false, true]) {
  const version = http2 ? "HTTP/2" : "HTTP/1.1";

  Deno.test(`fault "truncate_answer" stores and sends half of the JSON, over ${version}`, async () => {
    for (const status of [201, 200]) {
      const { response, text, stored } = await underFault({
        kind: "truncate_answer",
        status,
      }, { http2 });

      equal([response.status, stored], [status, 1]);
      ok(text.startsWith('{"test_run_id":"'), text);
      ok(!text.includes("}"), text);
    }
  });

  Deno.test(`fault "break_answer" stores, answers 201 and drops the connection, over ${version}`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox, { http2 });
    const action = { kind: "break_answer" } as const;
    sandbox.faults.push({ match: matchUpload, times: 1, action });

    const response = await stand.request(reportPath, uploadOf());

    equal([response.status, sandbox.reports.length], [201, 1]);
    await rejects(response.text());
  });

  Deno.test(`fault "slow_answer" sends the whole answer, bit by bit, over ${version}`, async () => {
    const { response, text, stored, milliseconds } = await underFault({
      kind: "slow_answer",
      bytesPerSecond: 500,
    }, { http2 });

    equal([response.status, stored], [201, 1]);
    equal(JSON.parse(text)["test_run_id"].length, 36);
    ok(milliseconds >= text.length / 500 * 1000 - 20, `${milliseconds} ms`);
  });

  Deno.test(`fault "slow_read" takes the whole body, bit by bit, over ${version}`, async () => {
    const bytes = JSON.stringify(report()).length;
    const { response, stored, milliseconds } = await underFault({
      kind: "slow_read",
      bytesPerSecond: 1000,
    }, { http2 });

    equal([response.status, stored], [201, 1]);
    ok(milliseconds >= bytes - 20, `${milliseconds} ms`);
  });
}

Deno.test('fault "commit_then_delay" stores at once and answers late', async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const action = { kind: "commit_then_delay", milliseconds: 60_000 } as const;
  sandbox.faults.push({ match: matchUpload, action });

  const giveUp = new AbortController();
  const answer = stand.request(reportPath, {
    ...uploadOf(),
    signal: giveUp.signal,
  });
  while (sandbox.reports.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  giveUp.abort();

  await rejects(answer, { name: "AbortError" });
  equal(sandbox.reports.length, 1);
});
