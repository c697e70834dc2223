import type { Environment } from "./environment.ts";
import { browserLaunchers } from "./browser.ts";
import type { Platform } from "./paths.ts";

/** Where the program runs, and where the person in front of it is. */
export interface Surroundings {
  /** Why the person would not see a browser that is opened here; undefined when they would. */
  readonly withoutBrowser: string | undefined;
  /** How the person's own computer reaches this one. */
  readonly ssh: SshTarget | undefined;
}

/** What stands behind `ssh`. */
export interface SshTarget {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}

/** Files that Docker and podman leave in each container. */
const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];

/** @param exists whether there is such a file. */
export async function surroundingsOf(
  environment: Environment,
  platform: Platform,
  exists: (path: string) => Promise<boolean>,
): Promise<Surroundings> {
  const hasNone = browserLaunchers(environment, platform).length === 0;
  return {
    withoutBrowser: remoteScreen(environment) ??
      (hasNone ? await missingScreen(environment, exists) : undefined),
    ssh: sshTarget(environment),
  };
}

/** What says that the person sits at another computer, whatever screens this one has. */
function remoteScreen({ get }: Environment): string | undefined {
  if (get("SSH_CONNECTION") !== undefined || get("SSH_TTY") !== undefined) {
    return "this is an SSH session";
  }
  if (get("CODESPACES") !== undefined) return "this is a codespace";
  // VS Code sets it in remote terminals only; in WSL Windows' browser is near.
  const isRemote = get("REMOTE_CONTAINERS") !== undefined ||
    get("VSCODE_IPC_HOOK_CLI") !== undefined;
  return isRemote && get("WSL_DISTRO_NAME") === undefined
    ? "this is a remote VS Code"
    : undefined;
}

async function missingScreen(
  { get }: Environment,
  exists: (path: string) => Promise<boolean>,
): Promise<string> {
  const isMarked = get("container") !== undefined ||
    get("KUBERNETES_SERVICE_HOST") !== undefined;
  if (
    isMarked || (await Promise.all(CONTAINER_FILES.map(exists))).includes(true)
  ) {
    return "this is a container without a screen";
  }
  return get("BROWSER") === undefined
    ? "there is no screen"
    : "BROWSER is a text browser";
}

/** sshd's `CLIENT CLIENT-PORT SERVER SERVER-PORT`. */
const SSH_CONNECTION = /^\S+ \d+ ([0-9a-f.:]+(?:%\w+)?) (\d{1,5})$/i;

function sshTarget({ get }: Environment): SshTarget | undefined {
  const [, host, port] = SSH_CONNECTION.exec(get("SSH_CONNECTION") ?? "") ?? [];
  if (host === undefined) return undefined;
  const user = get("USER") ?? "";
  return {
    // It is to be copied into a shell.
    user: /^[\w.-]+$/.test(user) ? user : "USER",
    host,
    port: Number(port),
  };
}
