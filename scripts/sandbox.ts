import { parseArgs } from "node:util";
import { OPTIONS, readOptions, USAGE } from "./sandbox/command_line.ts";
import { interruption } from "./sandbox/interruption.ts";
import { startSandbox } from "./sandbox/sandbox.ts";
import type { Sandbox, SandboxEvent } from "./sandbox/types.ts";

/** `deno task sandbox [--help] …`: runs until Ctrl-C or SIGTERM. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) return say(USAGE);
  const isQuiet = values.quiet || values.json;
  await using sandbox = await startSandbox({
    ...readOptions(values),
    ...!isQuiet && { onEvent: (event) => say(describe(event)) },
  });
  say(values.json ? announcement(sandbox) : introduction(sandbox));
  await interruption();
  if (!isQuiet) say("Sandbox closed.");
}

/** What a program needs that started the sandbox. */
function announcement({ address, caFile }: Sandbox): string {
  return JSON.stringify({ address, "ca_file": caFile });
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

Ctrl-C ends it. --help says how to make it misbehave.
`;
}

function describe(event: SandboxEvent): string {
  if (event.kind === "report") {
    const { id, text } = event.report;
    return `  report ${id}, ${text.length} characters`;
  }
  const { method, path, status, httpVersion, bearer, fault } = event.request;
  const answer = status === 0 ? "dropped" : status;
  const notes = [
    `HTTP/${httpVersion}`,
    ...bearer ? ["bearer"] : [],
    ...fault ? [`fault ${fault}`] : [],
  ];
  return `${answer} ${method} ${path} (${notes.join(", ")})`;
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

await main().catch((error: Error) => {
  Deno.stderr.writeSync(new TextEncoder().encode(`error: ${error.message}\n`));
  Deno.exitCode = 1;
});
