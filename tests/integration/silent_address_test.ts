import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { startProxy } from "../support/proxy.ts";
import { over } from "../support/over.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { openSilentListener } from "../support/silent_listener.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { startTlsService, type TlsService } from "../support/tls_service.ts";

// Of two addresses the C library puts this one first.
const SILENT = "127.0.0.1";
const ALIVE = "127.0.0.2";

/** A stand where `two.factory` has two addresses, the first of which is silent. */
class TwoAddresses implements AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly service: TlsService;
  readonly port: number;
  readonly #resources: AsyncDisposableStack;

  private constructor(
    folder: TemporaryFolder,
    service: TlsService,
    resources: AsyncDisposableStack,
  ) {
    this.folder = folder;
    this.service = service;
    this.port = portOf(service);
    this.#resources = resources;
  }

  static async make(): Promise<TwoAddresses> {
    const resources = new AsyncDisposableStack();
    const folder = resources.use(await TemporaryFolder.make());
    const service = resources.use(
      await startTlsService({
        folder,
        hostname: ALIVE,
        names: [{ type: "dns", value: "two.factory" }],
        answer: (request) =>
          request.method === "POST"
            ? Response.json({ "test_run_id": "1" }, { status: 201 })
            : new Response("{}", {
              status: request.url.includes("/auth/") ? 404 : 200,
            }),
      }),
    );
    resources.use(await openSilentListener(SILENT, portOf(service)));
    await folder.write(
      "hosts",
      `${SILENT} two.factory\n${ALIVE} two.factory\n`,
    );
    return new TwoAddresses(folder, service, resources);
  }

  run(
    args: string[],
    env: Record<string, string> = {},
  ): Promise<ProgramResult> {
    return runBinary([...args, "--json"], {
      home: this.folder.path,
      env: {
        STANDCLOUD_API_KEY: "key",
        STANDCLOUD_ADDRESS: `two.factory:${this.port}`,
        STANDCLOUD_CA_FILE: this.service.caFile,
        PATH: Deno.env.get("PATH") ?? "",
        ...env,
      },
      shell: over("/etc/hosts", this.folder.join("hosts")),
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources.disposeAsync();
  }
}

function portOf({ address }: TlsService): number {
  return Number(new URL(`https://${address}`).port);
}

Deno.test("sc-login --check tries the next address when the first is silent", async () => {
  await using stand = await TwoAddresses.make();
  await compiledBinary();
  const before = performance.now();
  const result = await stand.run(["sc-login", "--check"]);
  equal([result.code, result.stderr], [0, ""]);
  // The time-out is 10 s.
  ok(performance.now() - before < 3333);
});

Deno.test("upload tries the next address when the first is silent, within a third of --timeout", async () => {
  await using stand = await TwoAddresses.make();
  const result = await stand.run([
    "upload",
    runFile("minimum.jsonloader"),
    "--fill-unknown",
    "--timeout=3",
    "--retry-for=0",
  ]);
  equal([result.code, result.stderr], [0, ""]);
  equal(stand.service.paths, ["/hardpy/api/v1/test_report"]);
});

Deno.test("doctor names the address that is silent, and goes on with the other", async () => {
  await using stand = await TwoAddresses.make();
  const result = await stand.run(["doctor"]);
  const items = eventsOf(result).filter(({ event }) => event === "check_item");
  const itemOf = (name: string) => items.find(({ group }) => group === name);
  equal(itemOf("tcp")?.["state"], "warning");
  match(
    String(itemOf("tcp")?.["message"]),
    /takes connections on port \d+, but not at 127\.0\.0\.1: no answer in time/,
  );
  equal(itemOf("tls")?.["state"], "ok");
  equal(itemOf("api")?.["state"], "ok");
});

Deno.test("a proxy of two addresses, the first of which is silent, is reached too", async () => {
  await using stand = await TwoAddresses.make();
  await using proxy = startProxy({ user: "user:p@ss", hostname: ALIVE });
  using _silent = await openSilentListener(SILENT, proxy.port);
  const { port } = stand;
  const result = await stand.run(["sc-login", "--check", `${ALIVE}:${port}`], {
    HTTPS_PROXY: `http://user:p%40ss@two.factory:${proxy.port}`,
  });
  // The certificate is for the name, which the proxy does not know.
  match(result.stdout, /certificate is for another name \(it is for two/);
  equal(proxy.targets[0], `${ALIVE}:${port}`);
});
