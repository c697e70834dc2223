import assert from "node:assert/strict";
import type {
  HttpAnswer,
  HttpClient,
  HttpRequest,
} from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";

/** An answer, or what `send` throws. */
export type PreparedAnswer = HttpAnswer | Error;

/** Gives prepared answers in order. Objects to every other request, and on disposal to answers left over. */
export interface FakeHttpClient extends HttpClient {
  /** @param request method and URL: `GET https://…`. */
  prepare(request: string, ...answers: PreparedAnswer[]): FakeHttpClient;
  readonly requests: readonly HttpRequest[];
}

export function fakeHttpClient(): FakeHttpClient {
  const prepared: { request: string; answer: PreparedAnswer }[] = [];
  const requests: HttpRequest[] = [];
  const client: FakeHttpClient = {
    requests,
    prepare(request, ...answers) {
      prepared.push(...answers.map((answer) => ({ request, answer })));
      return client;
    },
    async send(url, request) {
      requests.push(request);
      await Promise.resolve();
      const next = prepared.shift();
      assert.equal(`${request.method ?? "GET"} ${url}`, next?.request);
      assert.ok(next !== undefined);
      if (next.answer instanceof Error) throw next.answer;
      return next.answer;
    },
    async open(url, request) {
      const { status, headers, body, isWhole } = await client.send(
        url,
        request,
      );
      return {
        status,
        headers,
        portions: inPortions(body, isWhole),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    [Symbol.dispose]() {
      assert.deepEqual(prepared.map(({ request }) => request), []);
    },
  };
  return client;
}

/** Small, so that whatever is read is read across their ends. */
const PORTION_BYTES = 7;

async function* inPortions(
  body: Uint8Array,
  isWhole: boolean,
): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += PORTION_BYTES) {
    await Promise.resolve();
    yield body.subarray(start, start + PORTION_BYTES);
  }
  if (!isWhole) throw new HttpFailure("connection", "The connection failed");
}

export function answer(
  status: number,
  body = "",
  headers: Record<string, string> = {},
): HttpAnswer {
  return {
    status,
    headers: new Headers(headers),
    body: new TextEncoder().encode(body),
    isWhole: true,
  };
}

export function jsonAnswer(status: number, body: unknown): HttpAnswer {
  return answer(status, JSON.stringify(body), {
    "content-type": "application/json",
  });
}

/** The answer as it comes when the connection breaks off within its body. */
export function brokenOff(whole: HttpAnswer): HttpAnswer {
  return { ...whole, body: new Uint8Array(), isWhole: false };
}

/** The form that a request carries. */
export function formOf(request: HttpRequest | undefined): URLSearchParams {
  assert.ok(typeof request?.body === "string");
  return new URLSearchParams(request.body);
}
