import assert from "node:assert/strict";
import type { HttpAnswer } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { toldRequests } from "../../src/stand/told_requests.ts";
import { fakeClock } from "../system/fake_clock.ts";
import {
  fakeHttpClient,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";

const URL_WITH_QUERY = "https://a.io/api/test_run?serial_number=CANARY";
const LIMIT = { timeoutMilliseconds: 1000 };

function answer(status: number): HttpAnswer {
  const headers = new Headers({ location: "/CANARY" });
  return { status, headers, body: new Uint8Array(), isWhole: true };
}

/** A client with prepared answers, and the lines that it tells. */
function toldClient(request: string, ...answers: PreparedAnswer[]) {
  const lines: string[] = [];
  const clock = fakeClock();
  const fake = fakeHttpClient().prepare(request, ...answers);
  const slow = {
    ...fake,
    send: (url: string, request: Parameters<typeof fake.send>[1]) => {
      clock.advance(12.4);
      return fake.send(url, request);
    },
  };
  const tell = (line: string) => void lines.push(line);
  return { lines, http: toldRequests(slow, { clock, tell }) };
}

Deno.test("a told request has method, path, status, milliseconds and attempt, and no query", async () => {
  const { lines, http } = toldClient(`GET ${URL_WITH_QUERY}`, answer(200));
  using _http = http;

  const { status } = await http.send(URL_WITH_QUERY, LIMIT);

  assert.equal(status, 200);
  assert.deepEqual(lines, ["GET /api/test_run 200 12 ms (attempt 1)"]);
});

Deno.test("a stream is told when its head is there", async () => {
  const { lines, http } = toldClient(`GET ${URL_WITH_QUERY}`, answer(200));
  using _http = http;

  await using stream = await http.open(URL_WITH_QUERY, LIMIT);

  assert.equal(stream.status, 200);
  assert.deepEqual(lines, ["GET /api/test_run 200 0 ms (attempt 1)"]);
});

Deno.test("attempts count the tries of one report until one succeeds", async () => {
  const url = "https://a.io/api/test_report";
  const away = new HttpFailure("timeout", "No answer in time");
  const { lines, http } = toldClient(
    `POST ${url}`,
    ...[answer(503), answer(201), away, answer(201), answer(201)],
  );
  using _http = http;
  const post = (key: string) =>
    http.send(url, {
      ...LIMIT,
      method: "POST",
      headers: { "idempotency-key": key, "authorization": "Bearer CANARY" },
    });

  await post("one");
  await post("two");
  await assert.rejects(post("one"), away);
  await post("one");
  await post("one");

  assert.deepEqual(lines, [
    "POST /api/test_report 503 12 ms (attempt 1)",
    "POST /api/test_report 201 12 ms (attempt 1)",
    "POST /api/test_report no answer (timeout) 12 ms (attempt 2)",
    "POST /api/test_report 201 12 ms (attempt 3)",
    "POST /api/test_report 201 12 ms (attempt 1)",
  ]);
});

Deno.test("an interrupted request is told as such", async () => {
  const { lines, http } = toldClient("GET https://a.io/x", new Error("CANARY"));
  using _http = http;

  await assert.rejects(http.send("https://a.io/x", LIMIT), /CANARY/);

  assert.deepEqual(lines, ["GET /x interrupted 12 ms (attempt 1)"]);
});

const secrets = [
  ["a bearer token", { headers: { authorization: "Bearer CANARY-token" } }],
  ["an API key", { headers: { "x-api-key": "CANARY-token" } }],
  ["a form", { body: "grant_type=refresh_token&refresh_token=CANARY-token" }],
] as const;

for (const [what, request] of secrets) {
  for (const spelt of ["CANARY-token", "C%41NARY%2dtoken"]) {
    Deno.test(`a path of a server that repeats ${what} as ${spelt} is told without it`, async () => {
      const url = `https://a.io/auth/${spelt}/x`;
      const { lines, http } = toldClient(`GET ${url}`, answer(404));
      using _http = http;

      await http.send(url, { ...LIMIT, ...request });

      assert.deepEqual(lines, ["GET /auth/…/x 404 12 ms (attempt 1)"]);
    });
  }
}
