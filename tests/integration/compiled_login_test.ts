import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { startFakeService } from "../support/fake_service.ts";
import { readKernelFile } from "../support/kernel_file.ts";
import { finishLogin } from "../support/login.ts";
import {
  changeLogin,
  programFiles,
  secondsAhead,
} from "../support/login_file.ts";
import { type BinaryRun, startBinary } from "../support/run_binary.ts";
import { authorizationUrl } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, setStage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { isListening } from "../support/waiting_login.ts";

/** A compiled program that waits for somebody to sign in. */
async function withLogin(
  test: (login: {
    program: BinaryRun;
    redirectUri: string;
    query: URLSearchParams;
    home: string;
  }) => Promise<void>,
): Promise<void> {
  await using service = startFakeService();
  await using folder = await TemporaryFolder.make();
  const home = folder.path;
  const args = ["sc-login", service.address, "--no-browser"];
  const program = await startBinary(args, { home });
  await authorizationUrl(program);
  const [pushed] = service.forms("pushed-authorization-request");
  const query = new URLSearchParams({
    code: "the-code",
    iss: service.issuer,
    state: pushed?.get("state") ?? "",
  });
  const redirectUri = pushed?.get("redirect_uri") ?? "";
  await test({ program, redirectUri, query, home });
}

for (
  const [signal, exitCode, word] of [
    ["SIGINT", 130, "Interrupted"],
    ["SIGTERM", 143, "Terminated"],
  ] as const
) {
  Deno.test(`the compiled sc-login leaves nothing behind after ${signal} (duty 4)`, () =>
    withLogin(async ({ program, redirectUri, home }) => {
      ok(await isListening(redirectUri));
      program.kill(signal);
      const { code, stdout, stderr } = await program.result;

      equal([code, stdout], [exitCode, ""]);
      match(stderr, new RegExp(`\nerror: ${word}\n$`));
      equal(await isListening(redirectUri), false);
      equal(await programFiles(home), []);
    }));

  Deno.test(`the compiled sc-login ends at ${signal} while the server does not answer`, async () => {
    await using stage = await setStage({ start: startBinary });
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    stage.sandbox.faults.push({
      match: () => {
        resolve();
        return true;
      },
      action: { kind: "delay", milliseconds: 60_000 },
    });
    const { address, caFile } = stage.sandbox;
    const args = ["sc-login", address, "--ca-file", caFile];
    const program = await startBinary(args, { home: stage.home });
    await asked;
    program.kill(signal);

    equal(await program.result, {
      code: exitCode,
      stdout: "",
      stderr: `error: ${word}\n`,
    });
    equal(await programFiles(stage.home), []);
  });
}

Deno.test("the compiled sc-login ends at once when the person has signed in", () =>
  withLogin(async ({ program, redirectUri, query }) => {
    const start = performance.now();
    const page = await fetch(`${redirectUri}?${query}`);
    await page.body?.cancel();
    const { code } = await program.result;

    equal([page.status, code], [200, 0]);
    ok(performance.now() - start < 2000);
  }));

Deno.test("the compiled sc-login ends well although a stranger keeps a connection open", () =>
  withLogin(async ({ program, redirectUri, query }) => {
    const port = Number(new URL(redirectUri).port);
    using stranger = await Deno.connect({ hostname: "127.0.0.1", port });
    await stranger.write(new TextEncoder().encode("GET /oauth2/callb"));
    const page = await fetch(`${redirectUri}?${query}`);
    await page.body?.cancel();
    const { code, stdout, stderr } = await program.result;

    equal([code, stdout], [0, "Registration completed\n"]);
    ok(!stderr.includes("error"), stderr);
  }));

Deno.test({
  name: "the compiled sc-login listens on 127.0.0.1 and nowhere else (duty 2)",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withLogin(async ({ program, redirectUri }) => {
      const port = Number(new URL(redirectUri).port);
      const sockets = await listeningSockets();
      program.kill("SIGINT");
      await program.result;

      const hexPort = port.toString(16).toUpperCase().padStart(4, "0");
      equal(sockets.filter((socket) => socket.endsWith(`:${hexPort}`)), [
        `0100007F:${hexPort}`,
      ]);
    }),
});

/** Local addresses of all sockets that listen, as the kernel writes them. */
async function listeningSockets(): Promise<string[]> {
  const LISTEN = "0A";
  const tables = await Promise.all(
    ["/proc/net/tcp", "/proc/net/tcp6"].map(readKernelFile),
  );
  return tables.flatMap((table) => table.split("\n").slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === LISTEN)
    .map((fields) => fields[1] ?? "");
}

Deno.test("eight compiled programs at once renew an ended token with one request (duty 23)", async () => {
  await using stage = await setLoggedInStage({ start: startBinary });
  const { address, counts, reports } = stage.sandbox;
  await changeLogin(stage.home, address, { "expires_at": secondsAhead(-10) });
  stage.sandbox.expireAccessTokens();

  const run = runFile("minimum.jsonloader");
  const programs = Array.from(
    { length: 8 },
    (_, index) =>
      stage.run(index % 2 === 0 ? ["sc-login", "--check"] : ["upload", run]),
  );
  const codes = (await Promise.all(programs)).map(({ code }) => code);

  equal(codes, Array(8).fill(0));
  equal([counts.refreshGrants, counts.refusedTokenRequests], [1, 0]);
  // The ledger keeps the others from sending the same run again.
  equal(reports.length, 1);
});

Deno.test("the compiled sc-login says so when no browser can be started", async () => {
  await using stage = await setStage({ start: startBinary });
  const program = await stage.start(["sc-login"], {
    env: { BROWSER: "/bin/false", DISPLAY: ":99" },
  });
  const { result } = await finishLogin(program, stage.sandbox);

  equal(result.code, 0);
  match(
    result.stderr,
    /\nNo browser could be started here: open the page yourself, or use another device: --flow device\n$/,
  );
});
