import { parseArgs } from "node:util";
import { startSandbox } from "./sandbox/sandbox.ts";
import type { Sandbox, SandboxEvent, SandboxOptions } from "./sandbox/types.ts";

/** `deno task sandbox [--port N] [--ca-file PATH]`: runs until Ctrl-C or SIGTERM. */
async function main(): Promise<void> {
  await using sandbox = await startSandbox({
    ...readOptions(),
    onEvent: (event) => say(describe(event)),
  });
  say(introduction(sandbox));
  await interruption();
  say("Sandbox closed.");
}

function readOptions(): SandboxOptions {
  const { values } = parseArgs({
    options: { port: { type: "string" }, "ca-file": { type: "string" } },
  });
  const { port, "ca-file": caFile } = values;
  return {
    ...port !== undefined && { port: Number(port) },
    ...caFile !== undefined && { caFile },
  };
}

function introduction({ address, caFile, user }: Sandbox): string {
  return `StandCloud sandbox

  address   ${address}
  CA file   ${caFile}
  user      ${user.name}
  password  ${user.password}

Try:

  dist/standcloud sc-login ${address} --ca-file ${caFile}
  dist/standcloud sc-login --check ${address} --ca-file ${caFile}
  STANDCLOUD_ADDRESS=${address} dist/standcloud upload --ca-file ${caFile} RUN.json
  dist/standcloud sc-logout ${address} --ca-file ${caFile}

Ctrl-C ends it.
`;
}

function describe(event: SandboxEvent): string {
  if (event.kind === "report") {
    const { id, text } = event.report;
    return `  report ${id}, ${text.length} characters`;
  }
  const { method, path, status, httpVersion, bearer } = event.request;
  const answer = status === 0 ? "dropped" : status;
  return `${answer} ${method} ${path} (HTTP/${httpVersion}${
    bearer ? ", bearer" : ""
  })`;
}

/** Resolves on the first Ctrl-C or SIGTERM (Windows knows only Ctrl-C). */
async function interruption(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const signals: Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT"]
    : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, resolve);
  await promise;
  for (const signal of signals) Deno.removeSignalListener(signal, resolve);
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

await main().catch((error: Error) => {
  Deno.stderr.writeSync(new TextEncoder().encode(`error: ${error.message}\n`));
  Deno.exitCode = 1;
});
