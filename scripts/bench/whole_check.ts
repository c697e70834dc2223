import { requireCurl } from "./curl.ts";
import { ageLogin, logIn, prepareLogin } from "./login.ts";
import { inPairs, type Measure, wholeRun } from "./measure.ts";
import { type Row, timeRow } from "./report.ts";
import type { Programs } from "./start_up.ts";
import { type SandboxProcess, startSandboxProcess } from "./sandbox_process.ts";

const BUDGET = 2.5;
/** Two more requests, and the OAuth library. */
const RENEWAL_BUDGET = 3.5;

/**
 * All of `sc-login --check` beside an empty program and curl's health check, one
 * after the other: once as it is, and once with a renewal of the login.
 */
export async function wholeCheckRows(
  runs: number,
  programs: Programs,
): Promise<Row[]> {
  await requireCurl();
  await using sandbox = await startSandboxProcess();
  const row = async (
    name: string,
    { budget, prepare }: { budget: number; prepare: Prepare },
  ) => {
    const home = await Deno.makeTempDir({ prefix: "standcloud-bench-" });
    try {
      const subject = await prepare({ home, sandbox, ours: programs.ours });
      const curl = await writeConfig(home, sandbox);
      const baseline = async () =>
        await wholeRun({ path: programs.empty }) +
        await wholeRun({ path: "curl", args: ["--config", curl] });
      const pairs = await inPairs(runs, { baseline, subject });
      return timeRow(name, { pairs, budget });
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  };
  return [
    await row("the same, whole run beside empty + curl", {
      budget: BUDGET,
      prepare: fresh,
    }),
    await row("the same, with a renewal of the login", {
      budget: RENEWAL_BUDGET,
      prepare: renewing,
    }),
  ];
}

interface Place {
  readonly home: string;
  readonly sandbox: SandboxProcess;
  readonly ours: string;
}

/** Gets a stand ready, and gives what is measured there. */
type Prepare = (place: Place) => Promise<Measure>;

const fresh: Prepare = async (place) => {
  const { home, sandbox: { address, apiKey } } = place;
  await prepareLogin(home, address, apiKey);
  return () => wholeRun(scLogin(place, "--check"));
};

const renewing: Prepare = async (place) => {
  const { home, sandbox: { address, caFile } } = place;
  await logIn(scLogin(place, "--no-browser"), caFile);
  return async () => {
    await ageLogin(home, address);
    return await wholeRun(scLogin(place, "--check"));
  };
};

function scLogin({ home, sandbox, ours }: Place, flag: string) {
  const { address, caFile } = sandbox;
  return {
    path: ours,
    args: ["sc-login", flag, "--ca-file", caFile, address],
    env: { STANDCLOUD_HOME: home, HOME: home },
  };
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
