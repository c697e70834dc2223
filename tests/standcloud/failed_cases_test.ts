import assert from "node:assert/strict";
import { getFailedCases } from "../../src/standcloud/test_runs.ts";
import { Secret } from "../../src/system/secret.ts";
import { answer, jsonAnswer } from "../system/fake_http_client.ts";
import { address } from "../tokens/logins.ts";
import { fakeService } from "./fake_service.ts";

const token = new Secret("canary");
const RUNS = `GET ${address.apiBase}/test_run`;
const CASE = { name: "Voltage", unknown: [1] };
for (
  const [shape, body, cases] of [
    ["an array", [CASE, "text"], [CASE, "text"]],
    ["a wrapper", { count: 1, items: [CASE] }, [CASE]],
    ["an empty array", [], []],
    ["one object", { a: CASE }, [{ a: CASE }]],
  ] as const
) {
  Deno.test(`getFailedCases() reads ${shape}`, async () => {
    using service = fakeService();
    service.http.prepare(`${RUNS}/1/failed_case`, jsonAnswer(200, body));
    const read = await getFailedCases(service, "1", { token });
    assert.deepEqual(read, { kind: "read", value: cases, status: 200 });
  });
}

Deno.test("getFailedCases() tells a run that is not there from an answer", async () => {
  using service = fakeService();
  service.http.prepare(`${RUNS}/a%2Fb/failed_case`, answer(404));
  const read = await getFailedCases(service, "a/b", { token });
  assert.deepEqual(read, { kind: "read", value: undefined, status: 404 });
});
