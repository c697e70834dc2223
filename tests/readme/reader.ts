import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";
import { logIn, standOf } from "../support/login.ts";
import { runFile } from "../support/runs.ts";
import { release, runIn } from "../scripts/release/released.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Somebody who types what the README says, beside a sandbox. */
export interface Reader extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Runs a script in bash; what it printed, stderr too. */
  type(script: string): Promise<{ code: number; text: string }>;
  logIn(): Promise<void>;
}

/** The files that the blocks name: a signed release, the program, and runs of HardPy. */
export async function sitDown(): Promise<Reader> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox());
  const keys = resources.use(await TemporaryFolder.make());
  const make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"];
  await runIn(keys.path, make);
  const released = resources.use(await release(keys.join("key")));
  const { folder } = released;
  await Deno.symlink(released.program, `${folder}/standcloud`);
  const key = await Deno.readTextFile(keys.join("key.pub"));
  await Deno.writeTextFile(`${folder}/allowed_signers`, `standcloud ${key}`);
  await Deno.mkdir(`${folder}/reports`);
  const runs = {
    "reports/CSB-000117.json": "sensor_board_passed.jsonloader",
    "reports/CSB-000118.json": "no_part_number.jsonloader",
    "no_part_number.jsonloader.json": "no_part_number.jsonloader",
  };
  for (const [name, run] of Object.entries(runs)) {
    await Deno.copyFile(runFile(run), `${folder}/${name}`);
  }
  const home = `${folder}/home`;
  await Deno.mkdir(home, { mode: 0o700 });
  const owned = resources.move();
  return {
    sandbox,
    type: (script) =>
      typeIn(script, {
        folder,
        caPem: sandbox.caPem,
        env: {
          ...standOf(sandbox),
          STANDCLOUD_HOME: home,
          HOME: folder,
          PATH: `${folder}:${Deno.env.get("PATH")}`,
        },
      }),
    logIn: () => logIn(sandbox, home),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Longer than any block takes. */
const PATIENCE_MILLISECONDS = 60_000;

/** Where a login prints its page, Accept is pressed there. */
async function typeIn(
  script: string,
  { folder, env, caPem }: {
    folder: string;
    env: Record<string, string>;
    caPem: string;
  },
): Promise<{ code: number; text: string }> {
  const typed = script.replaceAll("/media/stick", folder);
  const child = new Deno.Command("bash", {
    args: ["-c", `exec 2>&1\n${typed}`],
    cwd: folder,
    clearEnv: true,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE_MILLISECONDS);
  let text = "";
  let page: Promise<unknown> | undefined;
  for await (const part of child.stdout.pipeThrough(new TextDecoderStream())) {
    text += part;
    const url = /(https:\S+request_uri=\S+)\n/.exec(text)?.[1];
    if (url !== undefined) page ??= signIn(url, { caPem, decision: "accept" });
  }
  clearTimeout(timer);
  await page;
  return { code: (await child.status).code, text };
}
