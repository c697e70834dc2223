import { deepStrictEqual as equal, match } from "node:assert/strict";
import { finishLogin } from "../support/login.ts";
import { programFiles } from "../support/login_file.ts";
import { setStage } from "../support/stage.ts";
import {
  isListening,
  type WaitingLogin,
  withWaitingLogin,
} from "../support/waiting_login.ts";

Deno.test("sc-login shows the long text of the sign-in service only with --verbose", async () => {
  await using stage = await setStage();
  const program = await stage.start(["sc-login", "--no-browser", "--verbose"]);

  const { result } = await finishLogin(program, stage.sandbox, "deny");

  match(
    result.stderr,
    /\nThe service says: The resource owner denied the request\.\nerror: The login was denied at \S+ \(access_denied\)\nhint: /,
  );
});

const NO_TOKEN = /<h1>No token issued<\/h1>/;

Deno.test("sc-login ends with exit 3 when the person presses Deny", async () => {
  await using stage = await setStage();
  const program = await stage.start(["sc-login", "--no-browser"]);

  const { page, result } = await finishLogin(program, stage.sandbox, "deny");

  equal([page.status, result.code, result.stdout], [400, 3, ""]);
  match(page.body, NO_TOKEN);
  match(
    result.stderr,
    /\nerror: The login was denied at 127\.0\.0\.1:\d+ \(access_denied\)\nhint: run: standcloud sc-login 127\.0\.0\.1:\d+, and press Accept\n$/,
  );
  equal(await programFiles(stage.home), []);
});

Deno.test("sc-login ends with exit 3 when nobody signs in within --timeout", () =>
  withWaitingLogin(async ({ program, redirectUri }, { folder }) => {
    const { code, stderr } = await program.result;

    equal(code, 3);
    match(
      stderr,
      /\nerror: Nobody signed in within 1 s\nhint: run sc-login again, or give more time with --timeout 10m\nhint: where no browser can reach this stand: --flow device\n$/,
    );
    equal(await isListening(redirectUri), false);
    equal(await programFiles(folder.path), []);
  }, { flags: ["--timeout", "1"] }));

Deno.test("sc-login leaves nothing behind after Ctrl-C (duty 4)", () =>
  withWaitingLogin(async ({ program, redirectUri }, { folder }) => {
    program.interrupt();
    const { code, stderr } = await program.result;

    equal(code, 130);
    match(stderr, /\nerror: Interrupted\n$/);
    equal(await isListening(redirectUri), false);
    equal(await programFiles(folder.path), []);
  }));

interface Refusal {
  readonly name: string;
  readonly parameters: (login: WaitingLogin) => Record<string, string>;
  readonly code: number;
  readonly message: RegExp;
}

const REFUSALS: readonly Refusal[] = [
  {
    name: "an answer without iss",
    parameters: ({ response: { code, state } }) => ({ code, state }),
    code: 4,
    message: /iss/,
  },
  {
    name: "an answer with another iss",
    parameters: ({ response }) => ({
      ...response,
      iss: "https://evil.test/auth",
    }),
    code: 4,
    message: /iss/,
  },
  {
    name: "an iss in other letters",
    parameters: ({ response }) => ({
      ...response,
      iss: response.iss.toUpperCase(),
    }),
    code: 4,
    message: /iss/,
  },
  {
    name: "an iss with a slash at its end",
    parameters: ({ response }) => ({ ...response, iss: `${response.iss}/` }),
    code: 4,
    message: /iss/,
  },
  {
    name: "access_denied",
    parameters: ({ response: { state, iss } }) => ({
      state,
      iss,
      error: "access_denied",
    }),
    code: 3,
    message: /The login was denied/,
  },
  {
    name: "another error",
    parameters: ({ response: { state, iss } }) => ({
      state,
      iss,
      error: "invalid_scope",
      "error_description": "\u001b[31mred\u202e",
    }),
    code: 3,
    message: /refused the login \(invalid_scope\)\n/,
  },
  {
    name: "server_error",
    parameters: ({ response: { state, iss } }) => ({
      state,
      iss,
      error: "server_error",
    }),
    code: 4,
    message: /out of order/,
  },
];

for (const { name, parameters, code, message } of REFUSALS) {
  Deno.test(`sc-login redeems no code and shows the error page after ${name} (duties 8, 29)`, () =>
    withWaitingLogin(async (login, { service, folder }) => {
      const page = await login.call(parameters(login));
      const result = await login.program.result;

      equal([page.status, result.code, result.stdout], [400, code, ""]);
      match(page.body, NO_TOKEN);
      match(result.stderr, message);
      equal(service.forms("token").length, 0);
      equal(await programFiles(folder.path), []);
    }));
}

Deno.test("sc-login takes an answer without iss from a server that sends none", () =>
  withWaitingLogin(async ({ program, call, response: { code, state } }) => {
    equal((await call({ code, state })).status, 200);
    equal((await program.result).code, 0);
  }, {
    metadata: { "authorization_response_iss_parameter_supported": false },
  }));
