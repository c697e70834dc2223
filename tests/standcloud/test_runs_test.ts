import assert from "node:assert/strict";
import {
  findTestedDuts,
  findTestRuns,
  getTestRun,
  type TestRunRow,
} from "../../src/standcloud/test_runs.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { Secret } from "../../src/system/secret.ts";
import { appError } from "../system/errors.ts";
import { answer, brokenOff, jsonAnswer } from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";
import { fakeService } from "./fake_service.ts";

const token = new Secret("canary");
const RUNS = `GET ${address.apiBase}/test_run`;

/** As StandCloud's documentation shows it. */
const published = {
  "test_run_id": "0190f2d5-0000-7000-8000-000000000000",
  "serial_number": "CSB-000117",
  "part_number": "CSB-2",
  status: "FAIL",
  "start_time": "2026-03-01T12:00:00Z",
  "stop_time": "2026-03-01T12:00:50Z",
  "test_stand_name": "stand 1",
  unknown: { kept: true },
};
const row = {
  testRunId: published.test_run_id,
  serialNumber: "CSB-000117",
  partNumber: "CSB-2",
  testStandName: "stand 1",
  startTime: new Date("2026-03-01T12:00:00Z"),
  stopTime: new Date("2026-03-01T12:00:50Z"),
  status: "FAIL",
  raw: published,
};

const all = () => true;

/** The rows, and how far the answer was read. */
async function readAll(
  service: ReturnType<typeof fakeService>,
  find: typeof findTestRuns = findTestRuns,
) {
  const rows: TestRunRow[] = [];
  const take = (some: readonly TestRunRow[]) => {
    rows.push(...some);
    return true;
  };
  const answer = await find(service, { token, take });
  return { rows, answer };
}

Deno.test("findTestRuns() sends the filters encoded and the token in one header only", async () => {
  using service = fakeService();
  service.http.prepare(`${RUNS}?part_number=A%26B+%C3%A9`, jsonAnswer(200, []));
  const filters = { "part_number": "A&B é" };
  const read = await findTestRuns(service, { token, filters, take: all });
  const value = { isPart: false };
  assert.deepEqual(read, { kind: "read", value, status: 200 });
  assert.deepEqual(service.http.requests, [{
    method: "GET",
    headers: { authorization: "Bearer canary", accept: "application/json" },
    timeoutMilliseconds: 20_000,
  }]);
});

Deno.test("findTestRuns() sends an API key to the integration API when asked to", async () => {
  using service = fakeService();
  service.http.prepare(
    `GET ${address.integrationBase}/test_run`,
    jsonAnswer(200, []),
  );
  await findTestRuns(service, { token, asIntegration: true, take: all });
  const [request] = service.http.requests;
  assert.deepEqual(request?.headers, {
    "x-api-key": "canary",
    accept: "application/json",
  });
});

for (
  const [shape, body] of Object.entries({
    "an array": [published],
    "one object": published,
    "a wrapper": { total: 1, items: [published] },
    "a wrapper in a wrapper": { data: { page: 1, rows: [published] } },
  })
) {
  Deno.test(`findTestRuns() reads ${shape}`, async () => {
    using service = fakeService();
    service.http.prepare(RUNS, jsonAnswer(200, body));
    const { rows, answer } = await readAll(service);
    const value = { isPart: shape.startsWith("a wrapper") };
    assert.deepEqual(answer, { kind: "read", value, status: 200 });
    assert.deepEqual(rows, [row]);
  });
}

Deno.test("findTestRuns() reads an empty wrapper as no runs", async () => {
  using service = fakeService();
  service.http.prepare(RUNS, jsonAnswer(200, { count: 0, results: [] }));
  const { rows, answer } = await readAll(service);
  const value = { isPart: false };
  assert.deepEqual(answer, { kind: "read", value, status: 200 });
  assert.deepEqual(rows, []);
});

Deno.test("findTestedDuts() finds names in dut_info and finish_time, and keeps every digit", async () => {
  using service = fakeService();
  const text =
    '[{"dut_info":{"serial_number":12345678901234567890,"part_number":"P"},"start_time":1767268800,"finish_time":"2026-01-01T12:00:01Z","x":1.0}]';
  service.http.prepare(
    `GET ${address.apiBase}/tested_dut`,
    answer(200, text),
  );
  const { rows: [dut] } = await readAll(service, findTestedDuts);
  assert.equal(dut?.serialNumber, "12345678901234567890");
  assert.equal(dut?.partNumber, "P");
  assert.equal(dut?.testRunId, null);
  assert.equal(dut?.startTime?.toISOString(), "2026-01-01T12:00:00.000Z");
  assert.equal(dut?.stopTime?.toISOString(), "2026-01-01T12:00:01.000Z");
  assert.equal(JSON.stringify([dut?.raw]), text);
});

const redirected = (location: string) => answer(302, "", { location });
for (
  const [what, kind, reply] of [
    ["401", "login_required", answer(401)],
    ["a redirect to the sign-in", "login_required", redirected("/auth/?rd=x")],
    ["403", "unsupported", answer(403)],
    ["404", "unsupported", answer(404)],
    ["405", "unsupported", answer(405)],
    ["422", "unsupported", jsonAnswer(422, { detail: "no" })],
    ["501", "unsupported", answer(501)],
    ["no JSON", "unsupported", answer(200, "<!doctype html>")],
    ["an empty object", "unsupported", jsonAnswer(200, {})],
    ["a text", "unsupported", jsonAnswer(200, "hello")],
    ["null", "unsupported", jsonAnswer(200, null)],
    ["an array of texts", "unsupported", jsonAnswer(200, ["a"])],
    ["429", "unavailable", answer(429)],
    ["503", "unavailable", answer(503)],
    ["half an answer", "unavailable", brokenOff(jsonAnswer(200, []))],
    ["rows and a lost connection", "unavailable", {
      ...jsonAnswer(200, [published]),
      isWhole: false,
    }],
    ["an array without its end", "unavailable", answer(200, '[{"id":1},')],
    ["half a row", "unavailable", answer(200, '[{"id":1},{"id"')],
    ["half a wrapper", "unavailable", answer(200, '{"items":[{"id":1}]')],
    ["nothing", "unsupported", answer(200)],
    ["something behind the array", "unsupported", answer(200, "[{}]{}")],
    ["rows without a comma", "unsupported", answer(200, "[{}{}]")],
    ["a comma too many", "unsupported", answer(200, "[{},]")],
    ["a row that is no JSON", "unsupported", answer(200, "[{},{a:1}]")],
    ["mixed up brackets", "unsupported", answer(200, '[{"a":[}]]')],
    [
      "a row that is too deep",
      "unsupported",
      answer(200, `[${'{"a":'.repeat(101)}1${"}".repeat(101)}]`),
    ],
  ] as const
) {
  Deno.test(`findTestRuns() takes ${what} for ${kind}`, async () => {
    using service = fakeService();
    service.http.prepare(RUNS, reply);
    const { answer: read } = await readAll(service);
    assert.deepEqual(read, { kind, status: reply.status });
  });
}

Deno.test("findTestRuns() throws when the network fails", async () => {
  using service = fakeService();
  service.http.prepare(RUNS, new HttpFailure("refused", "Refused"));
  await assert.rejects(
    findTestRuns(service, { token, take: all }),
    appError("unreachable"),
  );
});

Deno.test("getTestRun() encodes the id, and tells a run that is not there from an answer", async () => {
  using service = fakeService();
  service.http.prepare(`${RUNS}/..%2Fa%3Fb`, answer(404));
  const missing = await getTestRun(service, "../a?b", { token });
  assert.deepEqual(missing, { kind: "read", value: undefined, status: 404 });
  service.http.prepare(`${RUNS}/1`, jsonAnswer(200, published));
  const found = await getTestRun(service, "1", { token });
  assert.deepEqual(found, { kind: "read", value: row, status: 200 });
});

for (
  const [what, reply] of [
    ["another redirect", redirected("/elsewhere")],
    ["a page", answer(200, "", { "content-type": "text/html" })],
  ] as const
) {
  Deno.test(`findTestRuns() takes ${what} for another service`, async () => {
    using service = fakeService();
    service.http.prepare(RUNS, reply);
    await assert.rejects(
      findTestRuns(service, { token, take: all }),
      appError("not_standcloud", /page or a redirect/),
    );
  });
}

Deno.test("findTestRuns() reads no further than rows are wanted", async () => {
  using service = fakeService();
  const rest = '{"id":"2"},{"id":"3"} and what is no JSON';
  service.http.prepare(RUNS, answer(200, `[{"id":"1"},${rest}`));
  const ids: (string | null)[] = [];
  const take = (rows: readonly TestRunRow[]) => {
    ids.push(...rows.map(({ testRunId }) => testRunId));
    return !ids.includes("2");
  };
  const read = await findTestRuns(service, { token, take });
  const value = { isPart: true };
  assert.deepEqual(read, { kind: "read", value, status: 200 });
  assert.deepEqual(ids, ["1", "2"]);
});

Deno.test("findTestRuns() takes times without a zone for UTC, and the SDK's finish_time", async () => {
  using service = fakeService();
  service.http.prepare(
    RUNS,
    jsonAnswer(200, [{
      "start_time": "2026-01-01T12:00:00.25",
      "finish_time": "2026-01-01 12:01:00",
    }]),
  );
  const { rows: [run] } = await readAll(service);
  assert.equal(run?.startTime?.toISOString(), "2026-01-01T12:00:00.250Z");
  assert.equal(run?.stopTime?.toISOString(), "2026-01-01T12:01:00.000Z");
});

Deno.test("findTestRuns() hides the token that a row repeats", async () => {
  using service = fakeService();
  service.http.prepare(RUNS, jsonAnswer(200, [{ "x": "is canary here" }]));
  const { rows } = await readAll(service);
  assert.deepEqual(rows[0]?.raw, { x: "is … here" });
});
