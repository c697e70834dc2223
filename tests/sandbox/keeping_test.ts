import {
  deepStrictEqual as equal,
  notDeepStrictEqual,
} from "node:assert/strict";
import { digestOf } from "../../src/runs/digest.ts";
import { digestOfReport } from "../../scripts/sandbox/report_store.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import { key, read, reportOf, uploaded } from "./uploads.ts";

Deno.test("startSandbox() with keepTexts false answers the same rows and digests", async () => {
  const large = { ...reportOf("SN1"), modules: { "a": { name: "large" } } };
  const seen = [];
  for (const keepTexts of [true, false]) {
    await using sandbox = await startSandbox({ apiKeys: [key], keepTexts });
    using stand = new Stand(sandbox);
    await uploaded(stand, large);
    const [{ test_run_id: _id, ...row }] = await read(stand, "test_run");
    const [report] = sandbox.reports;
    equal(report?.text === "", !keepTexts);
    equal("modules" in (report?.body ?? {}), keepTexts);
    seen.push([row, report && digestOfReport(report)]);
  }

  equal(seen[1], seen[0]);
  equal(seen[0]?.[1], digestOf(JSON.stringify(large)));
});

Deno.test("digestOfReport() leaves out what names the storage", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const run = reportOf("SN1");
  for (const body of [run, { ...run, rev: "9-z" }, { ...run, name: "other" }]) {
    await uploaded(stand, body);
  }

  const digests = sandbox.reports.map(digestOfReport);

  equal(digests[1], digests[0]);
  notDeepStrictEqual(digests[2], digests[0]);
});

Deno.test("startSandbox() with keepRequests keeps the last requests and counts all", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key], keepRequests: 3 });
  using stand = new Stand(sandbox);
  for (let index = 0; index < 10; index++) {
    await read(stand, `test_run/${index}`);
  }

  equal(sandbox.requestCount, 10);
  const kept = sandbox.requests.map(({ path }) => path.at(-1));
  equal([kept.length < 6, kept.at(-1), kept.at(-3)], [true, "9", "7"]);
});

Deno.test("test_report stores a repeated Idempotency-Key again by default", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const headers = { "idempotency-key": "k1", "x-request-id": "r1" };

  const first = await uploaded(stand, reportOf("SN1"), headers);
  const second = await uploaded(stand, reportOf("SN1"), headers);

  notDeepStrictEqual(second, first);
  equal(sandbox.reports.length, 2);
  equal(sandbox.reports[1]?.headers["idempotency-key"], "k1");
  equal(sandbox.reports[1]?.headers["x-request-id"], "r1");
});

Deno.test("test_report with honourIdempotencyKey answers a repeated key as the first", async () => {
  await using sandbox = await startSandbox({
    apiKeys: [key],
    honourIdempotencyKey: true,
  });
  using stand = new Stand(sandbox);
  const once = { "idempotency-key": "k1" };

  const first = await uploaded(stand, reportOf("SN1"), once);
  const again = await uploaded(stand, reportOf("SN1"), once);
  const other = await uploaded(stand, reportOf("SN2"), {
    "idempotency-key": "k2",
  });

  equal(again, first);
  notDeepStrictEqual(other, first);
  equal(sandbox.reports.map(({ id }) => id), [first, other]);
});
