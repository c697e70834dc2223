import { join } from "node:path";
import { AppError } from "./app_error.ts";
import type { Environment, EnvironmentVariable } from "./environment.ts";

export type Platform = "linux" | "darwin" | "windows";

/** Where the program keeps its files. */
export interface Paths {
  /** `key.txt` and `logins/`. */
  readonly configFolder: string;
  readonly keyFile: string;
  readonly loginsFolder: string;
  /** Which reports this stand has sent. */
  readonly ledgerFile: string;
}

/** The program's folders, as each operating system wants them; `STANDCLOUD_HOME` replaces them all. */
export function programPaths(
  environment: Environment,
  platform: Platform,
): Paths {
  const home = environment.get("STANDCLOUD_HOME");
  const configFolder = home ??
    join(userConfigFolder(environment, platform), "standcloud");
  return {
    configFolder,
    keyFile: join(configFolder, "key.txt"),
    loginsFolder: join(configFolder, "logins"),
    get ledgerFile() {
      const state = home ??
        join(userStateFolder(environment, platform), "standcloud");
      return join(state, "ledger.db");
    },
  };
}

function userConfigFolder(
  environment: Environment,
  platform: Platform,
): string {
  switch (platform) {
    case "windows":
      return required(environment, "APPDATA");
    case "darwin":
      return join(
        required(environment, "HOME"),
        "Library",
        "Application Support",
      );
    case "linux":
      return environment.get("XDG_CONFIG_HOME") ??
        join(required(environment, "HOME"), ".config");
  }
}

function userStateFolder(
  environment: Environment,
  platform: Platform,
): string {
  switch (platform) {
    case "windows":
      return required(environment, "LOCALAPPDATA");
    case "darwin":
      return userConfigFolder(environment, platform);
    case "linux":
      return environment.get("XDG_STATE_HOME") ??
        join(required(environment, "HOME"), ".local", "state");
  }
}

function required(
  environment: Environment,
  name: EnvironmentVariable,
): string {
  const value = environment.get(name);
  if (value !== undefined) return value;
  throw new AppError(
    "usage",
    `Cannot tell where to keep the program's files: ${name} is not set`,
    { hints: ["set STANDCLOUD_HOME to a folder for the program's files"] },
  );
}
