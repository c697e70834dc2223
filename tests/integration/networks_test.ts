import { deepStrictEqual as equal, match } from "node:assert/strict";
import { loginContent, writeLogin } from "../support/login_file.ts";
import { over } from "../support/over.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import {
  startTlsService,
  type TlsService,
  type TlsServiceOptions,
} from "../support/tls_service.ts";

interface Case extends Omit<TlsServiceOptions, "folder"> {
  readonly name: string;
  readonly trusted?: boolean;
  readonly state: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

/** `sc-login --check` of the compiled program with an API key. */
function check(
  folder: TemporaryFolder,
  address: string,
  env: Record<string, string> = {},
): Promise<ProgramResult> {
  return runBinary(["sc-login", "--check", "--json", address], {
    home: folder.path,
    env: { STANDCLOUD_API_KEY: "key", ...env },
  });
}

const trusting = ({ caFile }: TlsService) => ({ STANDCLOUD_CA_FILE: caFile });

const cases: Case[] = [
  {
    name: "with a certificate for another name",
    names: [{ type: "dns", value: "other.factory" }],
    state: "unreachable",
    message: /the certificate is for another name \(it is for other\.factory\)/,
    hint: /check the address; a proxy, or the sign-in page of the network/,
  },
  {
    name: "with a certificate that has expired",
    from: -9,
    to: -2,
    state: "unreachable",
    message:
      /has expired \(it is good from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\)/,
    hint: /check the clock of this stand; else the service needs a new/,
  },
  {
    name: "when the clock is a day behind",
    from: 0.5,
    clockDays: 1,
    state: "clock_wrong",
    message:
      /is not valid yet; the clock of this stand is 1 day behind the server's/,
    hint: /^set the clock of this stand$/,
  },
  {
    name: "when the clock is two days ahead",
    from: -9,
    to: -1,
    clockDays: -2,
    state: "clock_wrong",
    message: /has expired; the clock of this stand is 2 days ahead of/,
    hint: /^set the clock of this stand$/,
  },
  {
    name: "with a certificate of the future and a good clock",
    from: 2,
    to: 9,
    state: "unreachable",
    message: /is not valid yet \(it is good from/,
    hint: /check the clock of this stand; else the service needs a new/,
  },
  {
    name: "with an authority that nobody knows",
    trusted: false,
    state: "unreachable",
    message: /signed by an unknown authority \("Works CA \(Factory\)"\)/,
    hint: /the certificate of "Works CA \(Factory\)": --ca-file PATH/,
  },
  {
    name: "behind a captive portal that answers with a page",
    answer: () =>
      new Response("<!doctype html>", {
        headers: { "content-type": "text/html" },
      }),
    state: "not_standcloud",
    message: /does not answer as StandCloud.*HTTP 200/,
    hint: /the sign-in page of the network, may have answered/,
  },
  {
    name: "behind a captive portal that redirects",
    answer: () =>
      new Response(null, {
        status: 302,
        headers: { location: "https://portal.example/login" },
      }),
    state: "not_standcloud",
    message: /does not answer as StandCloud.*HTTP 302/,
    hint: /the sign-in page of the network, may have answered/,
  },
];

for (
  const { name, trusted = true, state, message, hint, ...options } of cases
) {
  Deno.test(`sc-login --check ${name} is ${state}`, async () => {
    await using folder = await TemporaryFolder.make();
    await using service = await startTlsService({ folder, ...options });
    const env = trusted ? trusting(service) : {};
    const result = await check(folder, service.address, env);
    equal(result.code, 4);
    const [event, error, ...more] = eventsOf(result);
    equal(more, []);
    equal([event?.["state"], event?.["connected"]], [state, false]);
    match(String(error?.["message"]), message);
    match(String(error?.["hint"]), hint);
  });
}

Deno.test("sc-login --check works over IPv6, by number", async () => {
  await using folder = await TemporaryFolder.make();
  await using service = await startTlsService({ folder, hostname: "::1" });
  match(service.address, /^\[::1\]:\d+$/);
  const { code, stdout } = await check(folder, service.address, {
    ...trusting(service),
    HTTPS_PROXY: "http://127.0.0.1:9",
    NO_PROXY: "[::1]",
  });
  equal([code, eventsOf({ stdout })[0]?.["address"]], [0, service.address]);
  equal(service.paths, ["/hardpy/api/v1/healthcheck"]);
});

Deno.test("sc-login --check of a name that is unknown says so", async () => {
  await using folder = await TemporaryFolder.make();
  const result = await check(folder, "no-such-host.invalid");
  const [event, error] = eventsOf(result);
  equal([result.code, event?.["state"]], [4, "unreachable"]);
  match(String(error?.["message"]), /the host name is unknown/);
});

Deno.test("a private authority is trusted when the system's store has it", async () => {
  await using folder = await TemporaryFolder.make();
  await using service = await startTlsService({ folder });
  equal((await check(folder, service.address)).code, 4);
  const store = "/etc/ssl/certs/ca-certificates.crt";
  const both = await folder.write(
    "store.crt",
    await Deno.readTextFile(store) + service.caPem,
  );
  const { code, stderr } = await checkWith(folder, service.address, {
    shell: over(store, both),
  });
  equal([code, stderr], [0, ""]);
});

Deno.test("sc-login --check works with a name that has an IPv6 address only", async () => {
  await using folder = await TemporaryFolder.make();
  await using service = await startTlsService({
    folder,
    hostname: "::1",
    names: [{ type: "dns", value: "six.factory" }],
  });
  const { port } = new URL(`https://${service.address}`);
  const hosts = await folder.write("hosts", "::1 six.factory\n");
  const { code, stderr } = await checkWith(folder, `six.factory:${port}`, {
    shell: over("/etc/hosts", hosts),
    env: trusting(service),
  });
  equal([code, stderr], [0, ""]);
  equal(service.paths, ["/hardpy/api/v1/healthcheck"]);
});

function checkWith(
  folder: TemporaryFolder,
  address: string,
  { shell, env = {} }: { shell: string; env?: Record<string, string> },
): Promise<ProgramResult> {
  return runBinary(["sc-login", "--check", address], {
    home: folder.path,
    env: {
      STANDCLOUD_API_KEY: "key",
      PATH: Deno.env.get("PATH") ?? "",
      ...env,
    },
    shell,
  });
}

Deno.test("a private authority is trusted by --ca-file and by SSL_CERT_FILE", async () => {
  await using folder = await TemporaryFolder.make();
  await using service = await startTlsService({ folder });
  const { address, caFile } = service;
  for (const name of ["STANDCLOUD_CA_FILE", "SSL_CERT_FILE"]) {
    equal([name, (await check(folder, address, { [name]: caFile })).code], [
      name,
      0,
    ]);
  }
});

Deno.test("sc-login --check of a login that is not accepted names a clock that is wrong", async () => {
  await using folder = await TemporaryFolder.make();
  for (
    const [clockDays, hint] of [[
      1,
      /is 1 day behind the server's: set it first/,
    ], [0, /^run: standcloud sc-login \S+ --force$/]] as const
  ) {
    await using service = await startTlsService({
      folder,
      clockDays,
      answer: (request) =>
        request.url.endsWith("/token")
          ? Response.json({
            "access_token": "new",
            "token_type": "bearer",
            "expires_in": 3600,
          })
          : new Response(null, {
            status: request.url.endsWith("healthcheck") ? 401 : 404,
          }),
    });
    const { address } = service;
    await writeLogin(folder.path, address, loginContent(address));
    const { code, stdout } = await runBinary(
      ["sc-login", "--check", "--json", address],
      { home: folder.path, env: trusting(service) },
    );
    const [event, error] = eventsOf({ stdout });
    equal([code, event?.["state"]], [3, "login_required"]);
    match(String(error?.["hint"]), hint);
  }
});
