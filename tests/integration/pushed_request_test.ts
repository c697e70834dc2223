import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { startFakeService } from "../support/fake_service.ts";
import { programFiles } from "../support/login_file.ts";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { withWaitingLogin } from "../support/waiting_login.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";

const SCOPE = "offline_access authelia.bearer.authz";

Deno.test("sc-login pushes the whole authorization request and opens two parameters", () =>
  withWaitingLogin(
    async ({ program, redirectUri, call, response }, { service }) => {
      const [pushed = new URLSearchParams()] = service.forms(
        "pushed-authorization-request",
      );
      const {
        state = "",
        "code_challenge": challenge = "",
        ...rest
      } = Object.fromEntries(pushed);
      equal(rest, {
        "client_id": "hardpy-report-uploader",
        "response_type": "code",
        "redirect_uri": redirectUri,
        "scope": SCOPE,
        "audience": `${service.address}/hardpy/api/v1`,
        "code_challenge_method": "S256",
      });
      // 256 bits each: what RFC 7636 asks for, and no state can be guessed.
      match(state, /^[\w-]{43}$/);
      match(challenge, /^[\w-]{43}$/);
      match(redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/oauth2\/callback$/);
      const url = new URL(
        /http\S+request_uri\S+/.exec(program.output.stderr)?.[0] ?? "",
      );
      equal([...url.searchParams], [
        ["client_id", "hardpy-report-uploader"],
        ["request_uri", "urn:ietf:params:oauth:request_uri:fake"],
      ]);
      await call(response);
      equal((await program.result).code, 0);
    },
  ));

Deno.test("sc-login redeems the code with the verifier and redirect URI that it pushed", () =>
  withWaitingLogin(
    async ({ program, redirectUri, call, response }, { service }) => {
      await call(response);
      equal((await program.result).code, 0);

      const [pushed] = service.forms("pushed-authorization-request");
      const [form = new URLSearchParams()] = service.forms("token");
      const { "code_verifier": verifier = "", ...rest } = Object.fromEntries(
        form,
      );
      equal(rest, {
        "client_id": "hardpy-report-uploader",
        "grant_type": "authorization_code",
        "code": "the-code",
        "redirect_uri": redirectUri,
      });
      const bytes = new TextEncoder().encode(verifier);
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      equal(
        hash.toBase64({ alphabet: "base64url", omitPadding: true }),
        pushed?.get("code_challenge"),
      );
    },
  ));

Deno.test("sc-login makes a new state and verifier for each login", () =>
  withWaitingLogin(async ({ program: first }, { service, folder }) => {
    first.interrupt();
    await first.result;
    const again = runProgram(["sc-login", service.address, "--timeout", "1"], {
      home: folder.path,
    });
    equal((await again).code, 3);

    const [one, two] = service.forms("pushed-authorization-request");
    for (const name of ["state", "code_challenge"]) {
      ok(one?.get(name) !== two?.get(name), name);
    }
  }));

interface BadAnswer {
  readonly name: string;
  readonly answer: () => Response;
  readonly code: number;
}

const json = (status: number, body: unknown) => () =>
  Response.json(body, { status });
const GOOD = { "request_uri": "urn:x", "expires_in": 300 };

const BAD_ANSWERS: readonly BadAnswer[] = [
  {
    name: "400 invalid_request",
    answer: json(400, { error: "invalid_request" }),
    code: 3,
  },
  {
    name: "400 without a body",
    answer: () => new Response(null, { status: 400 }),
    code: 4,
  },
  {
    name: "403 and a page",
    answer: () => new Response("<h1>No", { status: 403 }),
    code: 4,
  },
  { name: "404", answer: json(404, { detail: "Not Found" }), code: 4 },
  { name: "413", answer: () => new Response(null, { status: 413 }), code: 4 },
  { name: "429", answer: () => new Response(null, { status: 429 }), code: 4 },
  {
    name: "429 with an OAuth error",
    answer: json(429, { error: "invalid_request" }),
    code: 4,
  },
  { name: "500", answer: () => new Response("oops", { status: 500 }), code: 4 },
  {
    name: "503 with an OAuth error",
    answer: json(503, { error: "temporarily_unavailable" }),
    code: 4,
  },
  { name: "200 instead of 201", answer: json(200, GOOD), code: 4 },
  {
    name: "302 to another place",
    answer: () =>
      new Response(null, { status: 302, headers: { location: "/" } }),
    code: 4,
  },
  {
    name: "201 without request_uri",
    answer: json(201, { "expires_in": 300 }),
    code: 4,
  },
  {
    name: "201 without expires_in",
    answer: json(201, { "request_uri": "urn:x" }),
    code: 4,
  },
  {
    name: "201 with an expires_in that is no number",
    answer: json(201, { ...GOOD, "expires_in": "soon" }),
    code: 4,
  },
  { name: "201 with a list", answer: json(201, [GOOD]), code: 4 },
  {
    name: "201 with a page",
    answer: () =>
      new Response("<h1>Hi", {
        status: 201,
        headers: { "content-type": "text/html" },
      }),
    code: 4,
  },
];

for (const { name, answer, code } of BAD_ANSWERS) {
  Deno.test(`sc-login opens no browser when the pushed request is answered ${name}`, async () => {
    await using service = startFakeService();
    await using folder = await TemporaryFolder.make();
    service.answers["pushed-authorization-request"] = answer;
    const opened: string[] = [];
    const result = await runProgram(["sc-login", service.address], {
      home: folder.path,
      browser: (url) => opened.push(url.href),
    });

    equal([result.code, result.stdout, opened], [code, "", []]);
    match(result.stderr, /^error: .+\n(?:hint: .+\n)+$/);
    ok(!result.stderr.includes("authorization?"), result.stderr);
    equal(service.received.map((one) => one.name), [
      "openid-configuration",
      "pushed-authorization-request",
    ]);
    equal(await programFiles(folder.path), []);
  });
}

Deno.test("sc-login prints the URL, then opens the browser, after the request was pushed", async () => {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const { promise: seen, resolve } = Promise.withResolvers<unknown[]>();
  const args = ["sc-login", service.address, "--timeout", "1", "--json"];
  const lines: string[] = [];
  const program = runProgram(args, {
    home: folder.path,
    browser: (url) =>
      resolve([url.href, service.received.length, lines.join("")]),
    system: {
      terminal: {
        ...fakeTerminal(),
        writeStdout: (text) => lines.push(text),
      },
    },
  });
  const [url, received, printed] = await seen;

  equal(received, 2);
  equal(JSON.parse(String(printed))["url"], url);
  equal((await program).code, 3);
});
