import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { AppError } from "../../src/system/app_error.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import {
  type Answer,
  breakingOff,
  startFakeService,
} from "../support/fake_service.ts";
import { programFiles } from "../support/login_file.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import {
  startWaitingLogin,
  withWaitingLogin,
} from "../support/waiting_login.ts";

/** An answer that is held back until `release` is called. */
function heldBack(answer: Answer): {
  answer: Answer;
  asked: Promise<void>;
  release: () => void;
} {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  return {
    asked,
    release,
    answer: async (form) => {
      ask();
      await released;
      return await answer(form);
    },
  };
}

Deno.test("sc-login answers the browser only after the code was redeemed", () =>
  withWaitingLogin(async ({ program, call, response }, { service }) => {
    const token = heldBack(service.answers.token);
    service.answers.token = token.answer;
    let answered = false;
    const page = call(response).finally(() => answered = true);
    await token.asked;
    await new Promise((resolve) => setTimeout(resolve, 50));

    equal(answered, false);
    token.release();
    equal((await page).status, 200);
    equal((await program.result).code, 0);
  }));

Deno.test("sc-login keeps a token that is on its way when Ctrl-C is pressed", () =>
  withWaitingLogin(async ({ program, call, response }, { service }) => {
    const token = heldBack(service.answers.token);
    service.answers.token = token.answer;
    const page = call(response);
    await token.asked;
    program.interrupt();
    token.release();

    equal((await page).status, 200);
    equal((await program.result).code, 0);
  }));

Deno.test("sc-login revokes a token that it cannot save, and says so on the page", async () => {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const full = () =>
    Promise.reject(new AppError("store_unwritable", "No space left on device"));
  const reserve = async (path: string, size: number) => {
    const room = await privateFiles.reserve(path, size);
    return Object.assign(room, { write: full });
  };
  const { program, call, response } = await startWaitingLogin(service, {
    home: folder.path,
    system: { privateFiles: { ...privateFiles, reserve } },
  });
  const page = await call(response);
  const { code, stdout, stderr } = await program.result;

  equal([page.status, code, stdout], [400, 2, ""]);
  match(stderr, /\nerror: No space left on device/);
  const [revoked = new URLSearchParams()] = service.forms("revocation");
  equal(Object.fromEntries(revoked), {
    "client_id": "hardpy-report-uploader",
    "token": "refresh-1",
    "token_type_hint": "refresh_token",
  });
});

const TOKENS = {
  "access_token": "CANARY-access",
  "refresh_token": "CANARY-refresh",
  "token_type": "bearer",
  "expires_in": 3600,
};

interface BadAnswer {
  readonly name: string;
  readonly answer: Answer;
  readonly code: number;
}

const json = (status: number, body: unknown) => () =>
  Response.json(body, { status });

const BAD_ANSWERS: readonly BadAnswer[] = [
  {
    name: "400 invalid_grant",
    answer: json(400, { error: "invalid_grant" }),
    code: 3,
  },
  {
    name: "401 invalid_client",
    answer: json(401, { error: "invalid_client" }),
    code: 3,
  },
  {
    name: "500",
    answer: () => new Response("CANARY", { status: 500 }),
    code: 4,
  },
  { name: "201", answer: json(201, TOKENS), code: 4 },
  {
    name: "a page",
    answer: () =>
      new Response("CANARY", { headers: { "content-type": "text/html" } }),
    code: 4,
  },
  { name: "a list", answer: json(200, [TOKENS]), code: 4 },
  {
    name: "no access token",
    answer: json(200, { ...TOKENS, "access_token": "" }),
    code: 4,
  },
  {
    name: "a MAC token",
    answer: json(200, { ...TOKENS, "token_type": "mac" }),
    code: 4,
  },
  {
    name: "a token with a line break",
    answer: json(200, { ...TOKENS, "access_token": "CANARY\r\nX-Evil: 1" }),
    code: 4,
  },
  {
    name: "a body that breaks off",
    answer: () => new Response(breakingOff(JSON.stringify(TOKENS))),
    code: 4,
  },
  {
    name: "429 with an OAuth error",
    answer: json(429, { error: "invalid_request" }),
    code: 4,
  },
  {
    name: "ten megabytes",
    answer: () => Response.json({ ...TOKENS, scope: "x".repeat(10_000_000) }),
    code: 4,
  },
  {
    name: "307 to another place",
    answer: () =>
      new Response(null, {
        status: 307,
        headers: { location: "https://evil.test/" },
      }),
    code: 4,
  },
];

for (const { name, answer, code } of BAD_ANSWERS) {
  Deno.test(`sc-login stores nothing when the token endpoint answers ${name} (duties 21, 25)`, () =>
    withWaitingLogin(async (login, { service, folder }) => {
      service.answers.token = answer;
      const page = await login.call(login.response);
      const { code: exit, stdout, stderr } = await login.program.result;

      equal([page.status, exit, stdout], [400, code, ""]);
      match(stderr, /\nerror: .+\n(?:hint: .+\n)+$/);
      ok(!stderr.includes("CANARY"), stderr);
      equal(await programFiles(folder.path), []);
    }));
}

Deno.test("sc-login says that the login has failed, not ended, when its code is refused", () =>
  withWaitingLogin(async (login, { service }) => {
    service.answers.token = json(400, { error: "invalid_grant" });
    await login.call(login.response);
    const { stderr } = await login.program.result;

    match(
      stderr,
      /\nerror: The login to \S+ has failed: its code is not valid any more \(invalid_grant\)\nhint: run: standcloud sc-login \S+\n$/,
    );
  }));

const GOOD_ANSWERS: Record<string, { answer: object; expiresAt: boolean }> = {
  "an expires_in in quotes": {
    answer: { ...TOKENS, "expires_in": "3600" },
    expiresAt: true,
  },
  "no expires_in": {
    answer: { ...TOKENS, "expires_in": undefined },
    expiresAt: false,
  },
  "a negative expires_in": {
    answer: { ...TOKENS, "expires_in": -1 },
    expiresAt: true,
  },
  "an expires_in that is no number": {
    answer: { ...TOKENS, "expires_in": "soon" },
    expiresAt: false,
  },
  "a huge expires_in": {
    answer: { ...TOKENS, "expires_in": 1e300 },
    expiresAt: true,
  },
  "no refresh token": {
    answer: { ...TOKENS, "refresh_token": undefined },
    expiresAt: true,
  },
  "a refresh token of null": {
    answer: { ...TOKENS, "refresh_token": null },
    expiresAt: true,
  },
  "a token type in capitals": {
    answer: { ...TOKENS, "token_type": "BEARER" },
    expiresAt: true,
  },
};

for (const [name, { answer, expiresAt }] of Object.entries(GOOD_ANSWERS)) {
  Deno.test(`sc-login takes an answer with ${name} (duty 21)`, () =>
    withWaitingLogin(async (login, { service }) => {
      service.answers.token = json(200, answer);
      const page = await login.call(login.response);
      const { code, stdout } = await login.program.result;

      equal([page.status, code], [200, 0]);
      const event = JSON.parse(stdout.split("\n")[1] ?? "");
      equal(typeof event["expires_at"] === "string", expiresAt);
    }, { flags: ["--json"] }));
}
