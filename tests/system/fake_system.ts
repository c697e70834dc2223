import type {
  Environment,
  EnvironmentVariable,
  SecretVariable,
} from "../../src/system/environment.ts";
import { sharedFiles } from "../../src/system/claim_beside.ts";
import { finishedFiles } from "../../src/system/finished_files.ts";
import { watchFolders } from "../../src/system/folder_watch.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import { outputFiles } from "../../src/system/output_files.ts";
import { programPaths } from "../../src/system/paths.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { Secret } from "../../src/system/secret.ts";
import type { System } from "../../src/system/system.ts";
import { type FakeClock, fakeClock } from "./fake_clock.ts";
import { type FakeHttpClient, fakeHttpClient } from "./fake_http_client.ts";
import { type FakeTerminal, fakeTerminal } from "./fake_terminal.ts";

export type Variables = Partial<
  Record<EnvironmentVariable | SecretVariable, string>
>;

/** Real files below one folder; everything else is a fake. */
export interface FakeSystem extends System {
  readonly clock: FakeClock;
  readonly terminal: FakeTerminal;
  readonly http: FakeHttpClient;
  /** URLs that a browser was asked to open. */
  readonly opened: URL[];
}

export function fakeEnvironment(variables: Variables): Environment {
  return {
    get: (name) => variables[name] || undefined,
    secret(name) {
      const value = variables[name];
      return value ? new Secret(value) : undefined;
    },
    isEmpty: (name) => variables[name] === "",
  };
}

/** @param home holds the program's files. */
export function fakeSystem(
  home: string,
  options: { variables?: Variables; stdin?: string } = {},
): FakeSystem {
  const variables = { "STANDCLOUD_HOME": home, ...options.variables };
  const environment = fakeEnvironment(variables);
  const http = fakeHttpClient();
  const opened: URL[] = [];
  return {
    environment,
    clock: fakeClock(),
    terminal: fakeTerminal(options.stdin),
    privateFiles,
    inputFiles,
    outputFiles,
    finishedFiles,
    sharedFiles,
    watchFolders,
    interrupted: new AbortController().signal,
    paths: () => programPaths(environment, "linux"),
    http,
    // A command closes the client it opened; answers left over show then.
    prepareTls: () => {},
    openHttpClient: () => http,
    opened,
    surroundings: () =>
      Promise.resolve({ withoutBrowser: undefined, ssh: undefined }),
    openInBrowser(url) {
      opened.push(url);
      return Promise.resolve(false);
    },
    hostname: () => "stand-7",
  };
}
