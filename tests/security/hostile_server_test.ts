import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { checkMetadata } from "../../src/standcloud/authorization_metadata.ts";
import { metadata } from "../standcloud/fake_service.ts";
import { startFakeService } from "../support/fake_service.ts";
import { loginFiles } from "../support/login_file.ts";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { rawStatus, withWaitingLogin } from "../support/waiting_login.ts";
import { appError } from "../system/errors.ts";
import { address } from "../tokens/logins.ts";
import { throws } from "node:assert/strict";

Deno.test("a server that knows no S256 gets no login, and one without a list gets S256 (duty 11)", () =>
  withWaitingLogin(async ({ program, call, response }, { service }) => {
    const methods = (list: string[]) => () =>
      checkMetadata(address, {
        ...metadata,
        "code_challenge_methods_supported": list,
      });
    throws(methods(["plain"]), appError("not_standcloud", /S256/));
    throws(methods([]), appError("not_standcloud", /S256/));
    methods(["plain", "S256"])();
    ok(!("code_challenge_methods_supported" in service.metadata));
    const [pushed] = service.forms("pushed-authorization-request");
    equal(pushed?.get("code_challenge_method"), "S256");
    match(pushed?.get("code_challenge") ?? "", /^[\w-]{43}$/);
    await call(response);
    equal((await program.result).code, 0);
  }));

Deno.test("a server that allows one redirect port only is answered with --port (duty 3)", async () => {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  service.answers["pushed-authorization-request"] = (form) => {
    match(form.get("redirect_uri") ?? "", /^http:\/\/127\.0\.0\.1:\d+\//);
    return Response.json({ error: "invalid_request" }, { status: 400 });
  };
  const { code, stderr } = await runProgram(["sc-login", service.address], {
    home: folder.path,
  });
  equal(code, 3);
  match(
    stderr,
    /\nhint: a server that knows one redirect port only: --port N\n/,
  );
});

Deno.test("sc-login says when a server with too many requests wants to be asked again (duty 18)", async () => {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  service.answers["pushed-authorization-request"] = () =>
    new Response(null, { status: 429, headers: { "retry-after": "30" } });
  const { code, stderr } = await runProgram(["sc-login", service.address], {
    home: folder.path,
  });
  equal([code, await loginFiles(folder.path)], [4, []]);
  match(stderr, /\(HTTP 429\)\nhint: try again in 30 s\n$/);
});

for (
  const [what, changes, warning] of [
    [
      "a smaller scope",
      { scope: "offline_access" },
      /\nwarning: .* did not grant authelia\.bearer\.authz\n/,
    ],
    [
      "no refresh token",
      { "refresh_token": undefined },
      /\nwarning: there is no refresh token: the login cannot be renewed\n/,
    ],
  ] as const
) {
  Deno.test(`sc-login warns of an answer with ${what} (duty 21)`, () =>
    withWaitingLogin(async ({ program, call, response }, { service }) => {
      const honest = service.answers.token;
      service.answers.token = async (form) => {
        const body = await (await honest(form)).json();
        return Response.json({ ...body, ...changes });
      };
      await call(response);
      const { code, stderr } = await program.result;
      equal(code, 0);
      match(stderr, warning);
    }));
}

Deno.test("sc-login takes no token from a compressed answer of 64 MiB (duty 21)", () =>
  withWaitingLogin(async ({ program, call, response }, { service }) => {
    const zeros = new Uint8Array(1024 * 1024);
    const plain = new ReadableStream<Uint8Array<ArrayBuffer>>({
      start(controller) {
        for (let count = 0; count < 64; count++) controller.enqueue(zeros);
        controller.close();
      },
    });
    const packed = await new Response(
      plain.pipeThrough(new CompressionStream("gzip")),
    ).bytes();
    service.answers.token = () =>
      new Response(packed, {
        headers: {
          "content-type": "application/json",
          "content-encoding": "gzip",
        },
      });
    await call(response);
    const { code, stderr } = await program.result;
    equal(code, 4);
    match(stderr, /\nerror: /);
  }));

Deno.test("sc-login keeps waiting after a request with 10,000 headers (duty 5)", () =>
  withWaitingLogin(async ({ program, redirectUri, call, response }) => {
    const { host } = new URL(redirectUri);
    const headers = Array.from({ length: 10_000 }, (_, i) => `x-${i}: y\r\n`);
    const query = new URLSearchParams(response);
    const status = await rawStatus(
      redirectUri,
      `GET /oauth2/callback?${query} HTTP/1.1\r\nHost: ${host}\r\n${
        headers.join("")
      }\r\n`,
    ).catch(() => 0);
    ok(status !== 200, `${status}`);
    equal((await call(response)).status, 200);
    equal((await program.result).code, 0);
  }));
