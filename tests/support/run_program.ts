import { run } from "../../src/cli/run.ts";
import { AppError } from "../../src/system/app_error.ts";
import { systemClock } from "../../src/system/clock.ts";
import type { Environment } from "../../src/system/environment.ts";
import { openHttpClient } from "../../src/system/http_client.ts";
import { sharedFiles } from "../../src/system/claim_beside.ts";
import { finishedFiles } from "../../src/system/finished_files.ts";
import { watchFolders } from "../../src/system/folder_watch.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import { outputFiles } from "../../src/system/output_files.ts";
import { programPaths } from "../../src/system/paths.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { Secret } from "../../src/system/secret.ts";
import type { System } from "../../src/system/system.ts";
import type { Terminal } from "../../src/system/terminal.ts";
import {
  Output,
  type ProgramResult,
  type RunningProgram,
} from "./running_program.ts";

export interface ProgramOptions {
  /** `STANDCLOUD_HOME`, a folder of the test's own. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** A person at the terminal; without it there is none. */
  readonly typed?: Typed;
  /** Called instead of starting a browser; without it there is none. */
  readonly browser?: (url: URL) => void;
  /** Parts of the outside world to replace. */
  readonly system?: Partial<System>;
}

/** What a person types. */
export interface Typed {
  lines(): AsyncIterable<string>;
  readonly secret?: string;
}

/** A run of the program inside the test's process. */
export interface InProcessRun extends RunningProgram {
  /** As Ctrl-C would. */
  interrupt(): void;
}

/**
 * Starts the program in this process, with real files, real HTTP and the real
 * clock, but an environment, a terminal and a browser of its own.
 */
export function startProgram(
  args: readonly string[],
  options: ProgramOptions,
): InProcessRun {
  const output = new Output();
  const controller = new AbortController();
  const environment = environmentOf({
    ...options.env,
    STANDCLOUD_HOME: options.home,
  });
  const system: System = {
    environment,
    clock: systemClock,
    terminal: terminalOf(output, options),
    privateFiles,
    inputFiles,
    outputFiles,
    finishedFiles,
    sharedFiles,
    watchFolders,
    interrupted: controller.signal,
    paths: () => programPaths(environment, "linux"),
    prepareTls: () => {},
    openHttpClient,
    surroundings: () =>
      Promise.resolve({ withoutBrowser: undefined, ssh: undefined }),
    openInBrowser: (url) => {
      options.browser?.(url);
      return Promise.resolve(options.browser !== undefined);
    },
    hostname: () => "stand-7",
    ...options.system,
  };
  const end = async () => {
    const code = await run(args, system).finally(() => output.end());
    return { code, stdout: output.stdout, stderr: output.stderr };
  };
  return {
    result: end(),
    output,
    interrupt: () =>
      controller.abort(new AppError("interrupted", "Interrupted")),
  };
}

export function runProgram(
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  return startProgram(args, options).result;
}

function environmentOf(variables: Record<string, string>): Environment {
  return {
    get: (name) => variables[name] || undefined,
    secret: (name) => {
      const value = variables[name];
      return value ? new Secret(value) : undefined;
    },
    isEmpty: (name) => variables[name] === "",
  };
}

async function* noLines(): AsyncGenerator<string> {}

function terminalOf(
  output: Output,
  { stdin = "", typed }: Pick<ProgramOptions, "stdin" | "typed">,
): Terminal {
  return {
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    knowsCodes: true,
    columns: undefined,
    writeStdout: (text) => output.add("stdout", text),
    writeStderr: (text) => output.add("stderr", text),
    readStdin: () => Promise.resolve(new TextEncoder().encode(stdin)),
    stdinIsTerminal: typed !== undefined,
    lines: () => typed?.lines() ?? noLines(),
    askSecret: (message) => {
      output.add("stderr", `${message}\n`);
      return Promise.resolve(new Secret(typed?.secret ?? ""));
    },
  };
}
