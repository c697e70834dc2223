import { browserLaunchers, openInBrowser } from "./browser.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type Environment, processEnvironment } from "./environment.ts";
import { type HttpClient, openHttpClient, prepareTls } from "./http_client.ts";
import { type FinishedFiles, finishedFiles } from "./finished_files.ts";
import { type FolderWatch, watchFolders } from "./folder_watch.ts";
import { type InputFiles, inputFiles } from "./input_files.ts";
import { interruptSignal } from "./interrupt.ts";
import { type OutputFiles, outputFiles } from "./output_files.ts";
import { type Paths, type Platform, programPaths } from "./paths.ts";
import { type SharedFiles, sharedFiles } from "./claim_beside.ts";
import { environmentProxies } from "./proxies.ts";
import { type PrivateFiles, privateFiles } from "./private_files.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";
import { processTerminal, type Terminal } from "./terminal.ts";

/**
 * The outside world as the rest of the program sees it. Making one opens no
 * file and no connection.
 */
export interface System {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly privateFiles: PrivateFiles;
  readonly inputFiles: InputFiles;
  readonly outputFiles: OutputFiles;
  readonly sharedFiles: SharedFiles;
  readonly finishedFiles: FinishedFiles;
  watchFolders(paths: readonly string[]): FolderWatch;
  /** Aborted by Ctrl-C or SIGTERM; for a command, also when its output has failed. */
  readonly interrupted: AbortSignal;
  paths(): Paths;
  /** Starts in the background what the first connection would wait for. */
  prepareTls(): void;
  openHttpClient(options: { caCertificates?: string[] }): HttpClient;
  /** Where the person in front of the program is. */
  surroundings(): Promise<Surroundings>;
  openInBrowser(url: URL): Promise<boolean>;
  /** The name of this computer; undefined when the system does not tell it. */
  hostname(): string | undefined;
}

/** The real one. */
export function processSystem(): System {
  const platform = Deno.build.os as Platform;
  const environment = processEnvironment();
  const interrupted = interruptSignal(platform);
  return {
    environment,
    clock: systemClock,
    terminal: processTerminal(interrupted, environment),
    privateFiles,
    inputFiles,
    outputFiles,
    finishedFiles,
    sharedFiles,
    watchFolders,
    interrupted,
    paths: () => programPaths(environment, platform),
    prepareTls,
    surroundings: () => surroundingsOf(environment, platform, exists),
    openHttpClient: (options) =>
      openHttpClient({ ...options, proxies: environmentProxies(environment) }),
    openInBrowser: (url) =>
      openInBrowser(url, browserLaunchers(environment, platform)),
    hostname,
  };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

function hostname(): string | undefined {
  try {
    return Deno.hostname() || undefined;
  } catch {
    return undefined;
  }
}
