import assert from "node:assert/strict";
import {
  type BrowserLoginOptions,
  logInWithBrowser,
} from "../../src/login/browser_login.ts";
import type { KeptLogin } from "../../src/login/keep_login.ts";
import type { PendingAuthorization } from "../../src/standcloud/authorization_code.ts";
import { AppError } from "../../src/system/app_error.ts";
import type { Clock } from "../../src/system/clock.ts";
import type { System } from "../../src/system/system.ts";
import {
  type FakeService,
  fakeService,
  HEALTH,
  PUSH,
  REVOKE,
  TOKEN,
  tokenAnswer,
} from "../standcloud/fake_service.ts";
import { pushed } from "../standcloud/pending.ts";
import { appError } from "../system/errors.ts";
import { answer, formOf, jsonAnswer } from "../system/fake_http_client.ts";
import { fakeSystem } from "../system/fake_system.ts";
import {
  type FakeTokenStore,
  fakeTokenStore,
} from "../tokens/fake_token_store.ts";
import { address, plain } from "../tokens/logins.ts";

/** Sleeps until it is woken, whatever the time. */
function sleeping(clock: Clock): Clock {
  return {
    ...clock,
    sleep: (_, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        signal?.addEventListener("abort", () => resolve(), { once: true });
      }),
  };
}

interface Person {
  /** What the browser brings to the redirect URI; undefined: nothing. */
  readonly answers?: (pending: PendingAuthorization) => string;
  readonly system?: Partial<System>;
  readonly options?: Partial<BrowserLoginOptions>;
}

interface Attempt {
  readonly login: Promise<unknown>;
  readonly said: string[];
  /** What the page in the browser says at the end. */
  page(): Promise<string>;
}

function attempt(
  service: FakeService,
  store: FakeTokenStore,
  { answers, system, options }: Person,
): Attempt {
  const real = fakeSystem("/nowhere");
  const said: string[] = [];
  const page = Promise.withResolvers<string>();
  const login = logInWithBrowser(
    { ...real, clock: sleeping(real.clock), ...system },
    service,
    {
      store,
      ports: [0],
      timeoutSeconds: 300,
      openBrowser: false,
      onPending(pending) {
        said.push("pending");
        if (answers === undefined) return page.resolve("");
        fetch(`${pending.redirectUri}?${answers(pending)}`)
          .then((response) => response.text())
          .then(page.resolve, page.reject);
      },
      onTooOld: () => void said.push("too old"),
      onNoBrowser: () => void said.push("no browser"),
      onWrongPaste: () => void said.push("wrong paste"),
      onTrouble: () => void said.push("trouble"),
      ...options,
    },
  );
  return { login, said, page: () => page.promise };
}

/** What makes sure, before anybody is asked, that a login can be saved. */
const ROOM = ["requireRoom"];

const accept = ({ state }: PendingAuthorization) =>
  String(
    new URLSearchParams({
      code: "code-1",
      state: state.reveal(),
      iss: address.issuer,
    }),
  );

Deno.test("logInWithBrowser() saves the login before the page says that it is there", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed).prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  const store = fakeTokenStore();
  const { login, said, page } = attempt(service, store, { answers: accept });
  assert.match(await page(), /Token issued/);
  assert.deepEqual(store.calls, [...ROOM, "lock", "load", "save", "unlock"]);
  assert.deepEqual(plain(store.login), {
    address: address.text,
    flow: "browser",
    obtainedAt: new Date("2026-03-01T12:00:00.000Z"),
    accessToken: { secret: "access-2" },
    refreshToken: { secret: "refresh-2" },
    tokenType: "bearer",
    expiresAt: new Date("2026-03-01T13:00:00.000Z"),
    scope: "offline_access authelia.bearer.authz",
  });
  assert.equal((await login as KeptLogin).login, store.login);
  assert.deepEqual(said, ["pending"]);
});

Deno.test("logInWithBrowser() opens the URL that it has shown before, or says that it cannot", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed).prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  const opened: string[] = [];
  const { login, said, page } = attempt(service, fakeTokenStore(), {
    answers: accept,
    options: { openBrowser: true },
    system: {
      openInBrowser(url) {
        opened.push(url.href);
        return Promise.resolve(false);
      },
    },
  });
  await login;
  await page();
  assert.deepEqual(said, ["pending", "no browser"]);
  assert.match(opened.join(), /authorization\?client_id=.*&request_uri=/);
});

Deno.test("logInWithBrowser() ends when the person presses Deny", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed);
  const store = fakeTokenStore();
  const { login, page } = attempt(service, store, {
    answers: (pending) =>
      accept(pending).replace("code=code-1", "error=access_denied"),
  });
  await assert.rejects(login, appError("login_refused", /denied/));
  assert.match(await page(), /No token issued/);
  assert.deepEqual(store.calls, ROOM);
});

Deno.test("logInWithBrowser() ends when nobody signs in", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed);
  const { clock } = fakeSystem("/nowhere");
  const { login } = attempt(service, fakeTokenStore(), { system: { clock } });
  await assert.rejects(
    login,
    appError("login_timed_out", /within 300 s/),
  );
  assert.equal(clock.monotonic(), 300_000);
});

Deno.test("logInWithBrowser() ends when the person presses Ctrl-C", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed);
  const interrupt = new AbortController();
  const { login } = attempt(service, fakeTokenStore(), {
    system: { interrupted: interrupt.signal },
    options: {
      onPending: () =>
        interrupt.abort(new AppError("interrupted", "Interrupted")),
    },
  });
  await assert.rejects(login, appError("interrupted"));
});

Deno.test("logInWithBrowser() does not lose a token that was issued while the person presses Ctrl-C", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed).prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"));
  const interrupt = new AbortController();
  const store = fakeTokenStore();
  const { save } = store;
  store.save = (one, login) => {
    interrupt.abort(new AppError("interrupted", "Interrupted"));
    return save(one, login);
  };
  const { login, page } = attempt(service, store, {
    answers: accept,
    system: { interrupted: interrupt.signal },
  });
  assert.equal((await login as KeptLogin).login, store.login);
  assert.match(await page(), /Token issued/);
});

Deno.test("logInWithBrowser() revokes a login that it cannot save", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, pushed)
    .prepare(TOKEN, tokenAnswer())
    .prepare(HEALTH, answer(200, "{}"))
    .prepare(REVOKE, answer(200), answer(200));
  const store = fakeTokenStore();
  store.saveError = new AppError("store_unwritable", "The disk is full");
  const { login, page } = attempt(service, store, { answers: accept });
  await assert.rejects(login, appError("store_unwritable", /disk is full/));
  assert.match(await page(), /No token issued/);
  assert.equal(formOf(service.http.requests[4]).get("token"), "refresh-2");
});

Deno.test("logInWithBrowser() opens nothing when the request cannot be pushed", async () => {
  using service = fakeService();
  service.prepareOAuth(PUSH, jsonAnswer(400, { error: "invalid_request" }));
  const { login, said } = attempt(service, fakeTokenStore(), {});
  await assert.rejects(login, appError("login_refused", /invalid_request/));
  assert.deepEqual(said, []);
});

Deno.test("logInWithBrowser() asks nobody for a login that it could not save", async () => {
  using service = fakeService();
  const store = fakeTokenStore();
  store.requireRoom = () =>
    Promise.reject(new AppError("store_unwritable", "The disk is full"));
  const { login, said } = attempt(service, store, {});
  await assert.rejects(login, appError("store_unwritable", /disk is full/));
  assert.deepEqual([said, service.http.requests], [[], []]);
});
