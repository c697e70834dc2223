import assert from "node:assert/strict";
import {
  CALLBACK_PATH,
  readCallback,
} from "../../src/login/callback_request.ts";
import { pendingAt, STATE } from "./pending_at.ts";

const HOST = "127.0.0.1:8400";
const pending = [pendingAt(`http://${HOST}${CALLBACK_PATH}`)];
const expected = { host: HOST, pending };
const GOOD = `code=abc&state=${STATE}&iss=x`;

interface Sketch {
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly body?: string;
}

function request(sketch: Sketch): Request {
  const { path = CALLBACK_PATH, query = "", headers, method, body } = sketch;
  return new Request(`http://${HOST}${path}${query && `?${query}`}`, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    headers: { host: HOST, ...headers },
    ...(body !== undefined && { body }),
  });
}

async function read(sketch: Sketch): Promise<number | Record<string, string>> {
  const result = await readCallback(request(sketch), expected);
  return "refused" in result
    ? result.refused
    : Object.fromEntries(result.parameters);
}

const form = { "content-type": "application/x-www-form-urlencoded" };

const accepted: [what: string, sketch: Sketch][] = [
  ["a query", { query: GOOD }],
  ["a navigation", { query: GOOD, headers: { "sec-fetch-mode": "navigate" } }],
  ["a form", { body: GOOD, headers: form }],
  ["a form with a character set", {
    body: GOOD,
    headers: {
      "content-type": "Application/x-www-form-urlencoded; charset=UTF-8",
    },
  }],
];

for (const [what, sketch] of accepted) {
  Deno.test(`readCallback() takes ${what}`, async () => {
    assert.deepEqual(await read(sketch), {
      code: "abc",
      state: STATE,
      iss: "x",
    });
  });
}

Deno.test("readCallback() takes an error with our state", async () => {
  const query = `error=access_denied&error_description=No&state=${STATE}`;
  assert.deepEqual(await read({ query }), {
    error: "access_denied",
    "error_description": "No",
    state: STATE,
  });
});

const refused: [what: string, sketch: Sketch, status: number][] = [
  ["another host", { query: GOOD, headers: { host: "evil.test:8400" } }, 421],
  ["another port", { query: GOOD, headers: { host: "127.0.0.1:81" } }, 421],
  ["the name localhost", {
    query: GOOD,
    headers: { host: "localhost:8400" },
  }, 421],
  ["no host", { query: GOOD, headers: { host: "" } }, 421],
  ["the root", { path: "/", query: GOOD }, 404],
  ["an icon", { path: "/favicon.ico" }, 404],
  ["a path that begins like ours", {
    path: `${CALLBACK_PATH}/x`,
    query: GOOD,
  }, 404],
  ["a slash behind the path", { path: `${CALLBACK_PATH}/`, query: GOOD }, 404],
  ["a slash before the path", { path: `/${CALLBACK_PATH}`, query: GOOD }, 404],
  ["the path in capitals", {
    path: CALLBACK_PATH.toUpperCase(),
    query: GOOD,
  }, 404],
  ["the folder above", { path: `${CALLBACK_PATH}/..`, query: GOOD }, 404],
  ["HEAD", { method: "HEAD", query: GOOD }, 405],
  ["PUT", { method: "PUT", query: GOOD, body: "" }, 405],
  ["DELETE", { method: "DELETE", query: GOOD }, 405],
  ["OPTIONS", { method: "OPTIONS", query: GOOD }, 405],
  ["a script's fetch", {
    query: GOOD,
    headers: { "sec-fetch-mode": "cors" },
  }, 403],
  ["an image of a page", {
    query: GOOD,
    headers: { "sec-fetch-mode": "no-cors" },
  }, 403],
  ["a query of 17 KiB", { query: `${GOOD}&x=${"x".repeat(17_000)}` }, 414],
  ["no query", {}, 400],
  ["no state", { query: "code=abc" }, 400],
  ["an empty state", { query: "code=abc&state=" }, 400],
  ["another state", { query: `code=abc&state=${"t".repeat(43)}` }, 400],
  ["a state that is cut", { query: `code=abc&state=${STATE.slice(1)}` }, 400],
  ["a longer state", { query: `code=abc&state=${STATE}s` }, 400],
  ["an error without state", { query: "error=access_denied" }, 400],
  ["an error with another state", { query: "error=x&state=t" }, 400],
  ["neither code nor error", { query: `state=${STATE}` }, 400],
  ["two codes", { query: `code=a&${GOOD}` }, 400],
  ["two states", { query: `${GOOD}&state=${STATE}` }, 400],
  ["two iss", { query: `${GOOD}&iss=y` }, 400],
  ["a form without a type", { body: GOOD, headers: {} }, 400],
  ["JSON", {
    body: JSON.stringify({ code: "abc", state: STATE }),
    headers: { "content-type": "application/json" },
  }, 400],
  ["a form type that only begins like one", {
    body: GOOD,
    headers: { "content-type": "application/x-www-form-urlencodedx" },
  }, 400],
  ["a form of 17 KiB", {
    body: `${GOOD}&x=${"x".repeat(17_000)}`,
    headers: form,
  }, 400],
  ["an empty form", { method: "POST", headers: form }, 400],
  ["a form with the answer in the query", {
    query: GOOD,
    body: "x=1",
    headers: form,
  }, 400],
];

for (const [what, sketch, status] of refused) {
  Deno.test(`readCallback() refuses ${what} with ${status} (duties 5, 9, 13, 30)`, async () => {
    assert.equal(await read(sketch), status);
  });
}
