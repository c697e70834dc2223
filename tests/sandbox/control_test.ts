import { deepStrictEqual as equal, match } from "node:assert/strict";
import { digestOf } from "../../src/runs/digest.ts";
import { FAULT_KINDS } from "../../scripts/sandbox/control_schema.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import {
  json,
  key,
  read,
  reportOf,
  reportPath,
  uploaded,
  uploadOf,
} from "./uploads.ts";

interface Answer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any -- each test says what it expects
  readonly body: any;
}

async function control(
  stand: Stand,
  route: string,
  { body, headers = {} }: { body?: unknown; headers?: HeadersInit } = {},
): Promise<Answer> {
  const [method = "", path = ""] = route.split(" ");
  const response = await stand.request(`/_control${path}`, {
    method,
    headers,
    ...body !== undefined && { body: new Blob([JSON.stringify(body)]) },
  });
  return { status: response.status, body: await response.json() };
}

Deno.test("/_control/faults adds a fault that matches by method and path", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const action = { kind: "respond", status: 503, body: "busy" };
  const fault = { method: "POST", path: "*/test_report", times: 1, action };

  const added = await control(stand, "POST /faults", { body: fault });
  const health = await stand.request("/hardpy/api/v1/healthcheck", {
    headers: json,
  });
  const first = await stand.request(reportPath, uploadOf());
  const second = await stand.request(reportPath, uploadOf());
  const texts = await Promise.all([health, first, second].map((r) => r.text()));

  equal(added, { status: 200, body: [fault] });
  equal([health.status, first.status, second.status], [200, 503, 201]);
  equal(texts.slice(0, 2), ["{}", "busy"]);
  equal((await control(stand, "GET /faults")).body, []);
});

Deno.test("/_control/faults clears the list", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const body = [{ action: { kind: "reset" } }, {
    action: { kind: "delay", milliseconds: 60_000 },
  }];

  equal((await control(stand, "POST /faults", { body })).body, body);
  equal((await control(stand, "DELETE /faults")).status, 200);

  equal(sandbox.faults, []);
  equal((await uploaded(stand, reportOf("SN1"))).length, 36);
});

Deno.test("/_control/faults takes every kind of action", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const needs: Record<string, object> = {
    respond: { status: 500, headers: { "x-a": "b" } },
    "too_many_requests": { retryAfterSeconds: 3, asDate: true },
    delay: { milliseconds: 5 },
    "commit_then_delay": { milliseconds: 5 },
    "slow_read": { bytesPerSecond: 100 },
    "slow_answer": { bytesPerSecond: 100 },
  };
  const body = FAULT_KINDS.map((kind) => ({
    path: "/nowhere",
    action: { kind, ...needs[kind] },
  }));

  equal(await control(stand, "POST /faults", { body }), { status: 200, body });
});

const wrong: [string, unknown, RegExp][] = [
  ["an unknown kind", { action: { kind: "explode" } }, /^action: .*respond/],
  ["an unknown field", { action: { kind: "reset" }, time: 1 }, /time/],
  ["a missing part", { action: { kind: "delay" } }, /^action\.milliseconds: /],
  ["a stray part", { action: { kind: "reset", status: 500 } }, /status/],
  [
    "an impossible status",
    { action: { kind: "respond", status: 99 } },
    /status/,
  ],
  ["a probability above 1", {
    probability: 1.5,
    action: { kind: "reset" },
  }, /^probability: /],
];

for (const [what, body, message] of wrong) {
  Deno.test(`/_control/faults answers 400 to ${what}`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);

    const answer = await control(stand, "POST /faults", { body });

    equal([answer.status, sandbox.faults], [400, []]);
    match(answer.body.detail, message);
  });
}

Deno.test("/_control shows what was received, without secrets and without itself", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const run = reportOf("SN1");
  const id = await uploaded(stand, run, { "idempotency-key": "k1" });
  await uploaded(stand, reportOf("SN2"));

  const overview = await control(stand, "GET ");
  const reports = await control(stand, "GET /reports?limit=1");
  const requests = await control(stand, "GET /requests?offset=1");

  equal([overview.body.reports, overview.body.requests], [2, 2]);
  const [{ received_at: receivedAt, ...first }, ...others] = reports.body;
  equal([first, others], [{
    id,
    "part_number": "PN1",
    "serial_number": "SN1",
    digest: digestOf(JSON.stringify(run)),
    "idempotency_key": "k1",
  }, []]);
  equal(new Date(receivedAt).toISOString(), receivedAt);
  equal(requests.body, sandbox.requests.slice(1));
  equal(JSON.stringify([overview, reports, requests]).includes(key), false);
});

Deno.test("/_control/lookup turns test_run off and on", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  await uploaded(stand, reportOf("SN1"));

  await control(stand, "PUT /lookup", { body: { status: 405 } });
  const off = await read(stand, "test_run");
  await control(stand, "PUT /lookup", { body: { status: null } });

  equal(off, { detail: "Method Not Allowed" });
  equal((await read(stand, "test_run")).length, 1);
  const refused = await control(stand, "PUT /lookup", {
    body: { status: 200 },
  });
  equal([refused.status, sandbox.lookup], [400, {}]);
  const changed = { earlierRuns: 2, serialNumberFilter: true, maximumRows: 9 };
  equal((await control(stand, "PUT /lookup", { body: changed })).body, changed);
  equal((await read(stand, "test_run")).length, 3);
});

for (const action of ["expire", "revoke"]) {
  Deno.test(`/_control/tokens can ${action} the access tokens`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);
    const { access_token: token } = await stand.logIn();

    equal(await stand.healthStatus(token), 200);
    await control(stand, "POST /tokens", { body: { action } });

    equal(await stand.healthStatus(token), 401);
  });
}

Deno.test("/_control/reset forgets what was received, and keeps the keys", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  await uploaded(stand, reportOf("SN1"));
  sandbox.lookup.status = 404;
  sandbox.counts.codeGrants = 1;

  await control(stand, "POST /reset");

  equal([sandbox.reports, sandbox.requests, sandbox.lookup], [[], [], {}]);
  equal([sandbox.requestCount, sandbox.counts.codeGrants], [0, 0]);
  const id = await uploaded(stand, reportOf("SN1"));
  equal((await read(stand, "test_run?part_number=PN1")).length, 1);
  equal((await read(stand, `test_run/${id}`))["number_of_attempt"], 1);
});

Deno.test("/_control is for programs of this machine", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const headers = { origin: "https://example.com" };

  equal((await control(stand, "DELETE /faults", { headers })).status, 403);
  const other = await control(stand, "GET /secrets");
  equal([other.status, other.body.detail.includes("POST /faults")], [
    404,
    true,
  ]);
});

Deno.test("/_control/access answers every account with 403 until it is allowed again", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);

  for (const [allowed, status] of [[false, 403], [true, 200]] as const) {
    const body = { allowed };
    equal((await control(stand, "PUT /access", { body })).status, 200);
    equal(await stand.healthStatus(key), status);
  }
  const body = { allowed: "no" };
  equal((await control(stand, "PUT /access", { body })).status, 400);
});
