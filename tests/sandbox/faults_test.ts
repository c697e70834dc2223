import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import {
  key,
  matchUpload as match,
  reportPath as path,
  uploadOf,
} from "./uploads.ts";

const upload = uploadOf();

for (const http2 of [true, false]) {
  const version = http2 ? "HTTP/2" : "HTTP/1.1";

  Deno.test(`fault "reset" drops the connection and stores nothing, over ${version}`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox, { http2 });
    sandbox.faults.push({ match, times: 1, action: { kind: "reset" } });

    await rejects(stand.request(path, upload));
    const second = await stand.request(path, upload);
    await second.body?.cancel();

    equal([second.status, sandbox.reports.length], [201, 1]);
    equal(sandbox.requests.map((request) => request.status), [0, 201]);
    equal(sandbox.requests[0]?.httpVersion, http2 ? "2" : "1.1");
  });

  Deno.test(`fault "commit_then_drop" stores and does not answer, over ${version}`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox, { http2 });
    sandbox.faults.push({
      match,
      times: 1,
      action: { kind: "commit_then_drop" },
    });

    await rejects(stand.request(path, upload));

    equal([sandbox.reports.length, sandbox.faults.length], [1, 0]);
  });
}

Deno.test('fault "respond" answers in place of the service, as often as told', async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const headers = { "retry-after": "7" };
  const action = {
    kind: "respond",
    status: 429,
    headers,
    body: "slow down",
  } as const;
  sandbox.faults.push({ match, times: 2, action });

  const answers = [];
  for (let count = 0; count < 3; count++) {
    answers.push(await stand.request(path, upload));
  }
  const texts = await Promise.all(answers.map((answer) => answer.text()));

  equal(answers.map((answer) => answer.status), [429, 429, 201]);
  equal([answers[0]?.headers.get("retry-after"), texts[0]], ["7", "slow down"]);
  equal(sandbox.reports.length, 1);
});

Deno.test('fault "delay" answers later', async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  sandbox.faults.push({ match, action: { kind: "delay", milliseconds: 100 } });

  const start = performance.now();
  const response = await stand.request(path, upload);
  await response.body?.cancel();

  equal(response.status, 201);
  ok(performance.now() - start >= 95);
});

Deno.test("disposing the sandbox ends a delayed request", async () => {
  const sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  sandbox.faults.push({
    match: () => {
      arrive();
      return true;
    },
    action: { kind: "delay", milliseconds: 60_000 },
  });

  const answer = rejects(stand.request(path, upload));
  await arrived;
  await sandbox[Symbol.asyncDispose]();

  await answer;
});

Deno.test("disposing the sandbox ends a token request that is under way", async () => {
  const sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const answer = stand.refresh("authelia_rt_a.b").then(
    (response) => response.text(),
    () => {},
  );
  await new Promise((resolve) => setTimeout(resolve, 5));

  await sandbox[Symbol.asyncDispose]();

  await answer;
});
