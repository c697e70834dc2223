import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import type { Sandbox, SandboxOptions } from "../../scripts/sandbox/types.ts";
import { finishLogin, logIn, standOf } from "./login.ts";
import { type ProgramOptions, startProgram } from "./run_program.ts";
import type { ProgramResult, RunningProgram } from "./running_program.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

/** Starts the program in one of the ways that the tests have. */
export type Start = (
  args: readonly string[],
  options: ProgramOptions,
) => RunningProgram | Promise<RunningProgram>;

export interface StageOptions extends SandboxOptions {
  /** Default: in this process. */
  readonly start?: Start;
}

/** A stand with a sandbox to work with, on which commands follow one another. */
export interface Stage extends AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly folder: TemporaryFolder;
  readonly home: string;
  /** Starts a command as a person would type it. */
  start(
    args: string[],
    options?: Partial<ProgramOptions>,
  ): Promise<RunningProgram>;
  run(
    args: string[],
    options?: Partial<ProgramOptions>,
  ): Promise<ProgramResult>;
  /** Types `sc-login` with these flags and presses Accept. */
  logIn(...flags: string[]): Promise<ProgramResult>;
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const { start: startWith = startProgram, ...sandboxOptions } = options;
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox(sandboxOptions));
  const folder = resources.use(await TemporaryFolder.make());
  const home = folder.join("home");
  await Deno.mkdir(home, { mode: 0o700 });
  const start: Stage["start"] = async (args, { env, ...more } = {}) =>
    await startWith(args, {
      home,
      env: { ...standOf(sandbox), ...env },
      ...more,
    });
  const owned = resources.move();
  return {
    sandbox,
    folder,
    home,
    start,
    run: async (args, more) => await (await start(args, more)).result,
    logIn: async (...flags) => {
      const program = await start(["sc-login", "--no-browser", ...flags]);
      return (await finishLogin(program, sandbox)).result;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The same, logged in. */
export async function setLoggedInStage(
  options: StageOptions = {},
): Promise<Stage> {
  const stage = await setStage(options);
  try {
    await logIn(stage.sandbox, stage.home);
    return stage;
  } catch (error) {
    await stage[Symbol.asyncDispose]();
    throw error;
  }
}
