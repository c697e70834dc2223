import { deepStrictEqual as equal } from "node:assert/strict";
import {
  rawStatus,
  visit,
  type WaitingLogin,
  withWaitingLogin,
} from "../support/waiting_login.ts";

/** The right response, as a query. */
function queryOf({ response }: WaitingLogin, changes = {}): string {
  return `?${new URLSearchParams({ ...response, ...changes })}`;
}

const form = { "content-type": "application/x-www-form-urlencoded" };

interface Stray {
  readonly name: string;
  readonly status: number;
  /** What follows the port. */
  readonly path: (login: WaitingLogin) => string;
  readonly init?: (login: WaitingLogin) => RequestInit;
}

const callback = "/oauth2/callback";
const right = (login: WaitingLogin) => callback + queryOf(login);

const STRAYS: readonly Stray[] = [
  {
    name: "a wrong state",
    status: 400,
    path: (login) => callback + queryOf(login, { state: "wrong" }),
  },
  {
    name: "no state",
    status: 400,
    path: () => `${callback}?code=c`,
  },
  {
    name: "an error with a wrong state",
    status: 400,
    path: () => `${callback}?error=access_denied&state=wrong`,
  },
  {
    name: "neither code nor error",
    status: 400,
    path: ({ response }) => `${callback}?state=${response.state}`,
  },
  {
    name: "another path",
    status: 404,
    path: (login) => `/callback${queryOf(login)}`,
  },
  { name: "a favicon", status: 404, path: () => "/favicon.ico" },
  {
    name: "a doubled slash",
    status: 404,
    path: (login) => `/${callback}${queryOf(login)}`,
  },
  ...["HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"].map((method) => ({
    name: `the method ${method}`,
    status: 405,
    path: right,
    init: () => ({ method }),
  })),
  ...["cors", "no-cors", "same-origin", "websocket"].map((mode) => ({
    name: `Sec-Fetch-Mode ${mode}`,
    status: 403,
    path: right,
    init: () => ({ headers: { "sec-fetch-mode": mode } }),
  })),
  ...["code", "state", "iss"].map((name) => ({
    name: `${name} given twice`,
    status: 400,
    path: (login: WaitingLogin) => `${right(login)}&${name}=again`,
  })),
  {
    name: "a query of a megabyte",
    status: 414,
    path: (login) => `${right(login)}&x=${"x".repeat(20_000)}`,
  },
  {
    name: "a POST with a JSON body",
    status: 400,
    path: () => callback,
    init: ({ response }) => ({
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(response),
    }),
  },
  {
    name: "a POST whose answer is in the query",
    status: 400,
    path: right,
    init: () => ({ method: "POST", headers: form, body: "a=b" }),
  },
  {
    name: "a POST with a large form",
    status: 400,
    path: () => callback,
    init: (login) => ({
      method: "POST",
      headers: form,
      body: `${queryOf(login).slice(1)}&x=${"x".repeat(100_000)}`,
    }),
  },
];

for (const { name, status, path, init } of STRAYS) {
  Deno.test(`sc-login keeps waiting after ${name} (duties 5, 9, 13, 30)`, () =>
    withWaitingLogin(async (login, { service }) => {
      const url = new URL(login.redirectUri).origin + path(login);
      const stray = await visit(url, init?.(login));

      equal([stray.status, stray.body], [status, ""]);
      equal(service.forms("token").length, 0);
      equal((await login.call(login.response)).status, 200);
      equal((await login.program.result).code, 0);
    }));
}

for (
  const host of ["evil.test", "localhost", "127.0.0.2", "127.0.0.1.evil.test"]
) {
  Deno.test(`sc-login keeps waiting after a request with the Host ${host} (duty 9)`, () =>
    withWaitingLogin(async (login) => {
      const { port } = new URL(login.redirectUri);
      const status = await rawStatus(
        login.redirectUri,
        `GET ${right(login)} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`,
      );

      equal(status, 421);
      equal((await login.call(login.response)).status, 200);
      equal((await login.program.result).code, 0);
    }));
}
