import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { visit, withWaitingLogin } from "../support/waiting_login.ts";

const FUZZED = 8_900;
const ERRORS = 1_000;
const SLOW = 100;
const AT_ONCE = 64;

interface Junk {
  readonly path: string;
  readonly method: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const word = fc.string({ unit: "grapheme", maxLength: 40 });
const parameter = fc.tuple(
  fc.oneof(word, fc.constantFrom("code", "state", "iss", "error", "scope")),
  word,
);

const junk: fc.Arbitrary<Junk> = fc.record({
  path: fc.oneof(
    { weight: 3, arbitrary: fc.constant("/oauth2/callback") },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "/",
        "/favicon.ico",
        "//oauth2/callback",
        "/oauth2/callback/",
        "/oauth2/callback/..",
        "/OAuth2/Callback",
        "/oauth2%2Fcallback",
        "/oauth2/callback;x",
      ),
    },
    {
      weight: 1,
      arbitrary: word.map((text) => `/${encodeURIComponent(text)}`),
    },
  ),
  method: fc.constantFrom("GET", "GET", "POST", "PUT", "HEAD", "DELETE", "X"),
  query: fc.array(parameter, { maxLength: 5 })
    .map((pairs) => new URLSearchParams(pairs.map(wellFormed)).toString()),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    { "content-type": "application/x-www-form-urlencoded" },
    { "content-type": "application/json" },
    { "sec-fetch-mode": "no-cors", origin: "https://evil.test" },
    { "x-long": "x".repeat(4000) },
    { cookie: "state=x" },
  ),
  body: word,
});

/** No half of a character, which no URL can hold. */
function wellFormed([name, value]: [string, string]): string[] {
  return [name.toWellFormed(), value.toWellFormed()];
}

/** Sends one stray request; it may not be taken for the answer. */
async function send(
  origin: string,
  { path, method, query, headers, body }: Junk,
): Promise<void> {
  const takesBody = !["GET", "HEAD"].includes(method);
  const { status } = await visit(`${origin}${path}?${query}`, {
    method,
    headers,
    ...(takesBody && { body }),
  });
  ok(status >= 400 && status < 500, `${method} ${path}?${query}: ${status}`);
}

async function inTurns<T>(
  items: readonly T[],
  action: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (const item of queue) await action(item);
  }));
}

/** A request whose end never comes. */
async function beSlow(origin: string, index: number): Promise<Deno.Conn> {
  const { hostname, port, host } = new URL(origin);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  const starts = [
    "G",
    "GET /oauth2/callback?code=",
    `GET /oauth2/callback HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `,
    `POST /oauth2/callback HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\nstate=`,
    "\x16\x03\x01\x02\x00\x01\x00",
  ];
  const start = starts[index % starts.length] ?? "";
  await connection.write(new TextEncoder().encode(start));
  return connection;
}

Deno.test("sc-login takes the real answer after 10,000 junk requests (duties 4, 5, 9, 13)", () =>
  withWaitingLogin(
    async ({ program, redirectUri, call, response }, { service }) => {
      const { origin } = new URL(redirectUri);
      const seed = Date.now() % 2 ** 31;
      const requests = fc.sample(junk, { numRuns: FUZZED, seed });
      const slow = await Promise.all(
        Array.from({ length: SLOW }, (_, index) => beSlow(origin, index)),
      );
      try {
        await inTurns(requests, (one) => send(origin, one));
        await inTurns(Array(ERRORS).fill("access_denied"), async (error) => {
          equal((await visit(`${redirectUri}?error=${error}`)).status, 400);
        });

        equal(service.forms("token").length, 0, `seed ${seed}`);
        equal((await call(response)).status, 200, `seed ${seed}`);
        equal((await program.result).code, 0);
      } finally {
        for (const connection of slow) connection.close();
      }
    },
  ));
