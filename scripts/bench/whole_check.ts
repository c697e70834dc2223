import { requireCurl } from "./curl.ts";
import { prepareLogin } from "./login.ts";
import { inPairs, wholeRun } from "./measure.ts";
import { type Row, timeRow } from "./report.ts";
import type { Programs } from "./start_up.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox_process.ts";

const BUDGET = 2.5;

/** One row: all of `sc-login --check` beside an empty program and curl's health check, one after the other. */
export async function wholeCheckRow(
  runs: number,
  { empty, ours }: Programs,
): Promise<Row> {
  await requireCurl();
  await using sandbox = await startSandboxProcess();
  const { address, caFile, apiKey } = sandbox;
  const home = await Deno.makeTempDir({ prefix: "standcloud-bench-" });
  try {
    await prepareLogin(home, address, apiKey);
    const curl = {
      path: "curl",
      args: ["--config", await writeConfig(home, sandbox)],
    };
    const check = {
      path: ours,
      args: ["sc-login", "--check", "--ca-file", caFile, address],
      env: { STANDCLOUD_HOME: home, HOME: home },
    };
    const pairs = await inPairs(runs, {
      baseline: async () =>
        await wholeRun({ path: empty }) + await wholeRun(curl),
      subject: () => wholeRun(check),
    });
    const name = "the same, whole run beside empty + curl";
    return timeRow(name, { pairs, budget: BUDGET });
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

/** What makes curl ask for the same; the token does not get into arguments. */
async function writeConfig(
  folder: string,
  { address, caFile, apiKey }: SandboxProcess,
): Promise<string> {
  const path = `${folder}/curl`;
  const lines = [
    `url = "https://${address}/hardpy/api/v1/healthcheck"`,
    'header = "Accept: application/json"',
    `header = "Authorization: Bearer ${apiKey}"`,
    `cacert = "${caFile}"`,
    'noproxy = "*"',
    "fail",
    "silent",
  ];
  await Deno.writeTextFile(path, lines.join("\n"), { mode: 0o600 });
  return path;
}
