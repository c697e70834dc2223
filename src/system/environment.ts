import { AppError } from "./app_error.ts";
import { Secret } from "./secret.ts";

/** What the program reads; the compiled binary can read no other. */
export const READ_VARIABLES = [
  "BROWSER",
  // Where systemd hands a service its secrets.
  "CREDENTIALS_DIRECTORY",
  "STANDCLOUD_ADDRESS",
  "STANDCLOUD_CA_FILE",
  "STANDCLOUD_HOME",
  "STANDCLOUD_KEY_FILE",
  "STANDCLOUD_PASSPHRASE_FILE",
  // Where the operating systems want a user's configuration and state.
  "APPDATA",
  "HOME",
  "LOCALAPPDATA",
  "XDG_CONFIG_HOME",
  "XDG_STATE_HOME",
  // The way into the network.
  "ALL_PROXY",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "all_proxy",
  "https_proxy",
  "http_proxy",
  "no_proxy",
  // Whether there is a screen to open a browser on, and before whom it stands.
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "WSL_DISTRO_NAME",
  "SSH_CONNECTION",
  "SSH_TTY",
  "USER",
  "CODESPACES",
  "REMOTE_CONTAINERS",
  "VSCODE_IPC_HOOK_CLI",
  // How systemd-nspawn, podman and Kubernetes mark a container.
  "container",
  "KUBERNETES_SERVICE_HOST",
  // The runtime reads it too.
  "SSL_CERT_FILE",
  // Whether text may have colours, and a line may be drawn again.
  "TERM",
  "FORCE_COLOR",
  "NO_COLOR",
  // Which characters it shows.
  "LC_ALL",
  "LC_CTYPE",
  "LANG",
] as const;

/** Variables that hold a secret: they are taken out of the environment when read. */
export const SECRET_VARIABLES = [
  "STANDCLOUD_API_KEY",
  // HardPy's own name for it, since 0.25.
  "HARDPY_SC_API_KEY",
  "STANDCLOUD_PASSPHRASE",
] as const;

/** Tells the runtime which certificate authorities to trust. */
export const AUTHORITIES_VARIABLE = "DENO_TLS_CA_STORE";

/** Makes the runtime listen elsewhere than where the program says. */
export const LISTENER_VARIABLE = "DENO_SERVE_ADDRESS";

/** The operating system's, and Mozilla's, which the runtime brings. */
export const EVERY_AUTHORITY = "system,mozilla";

export type EnvironmentVariable = typeof READ_VARIABLES[number];
export type SecretVariable = typeof SECRET_VARIABLES[number];

/** Each member throws `usage` for a variable whose value is not UTF-8. */
export interface Environment {
  /** The value, or undefined when the variable is unset or empty. */
  get(name: EnvironmentVariable): string | undefined;
  secret(name: SecretVariable): Secret | undefined;
  /** Whether the variable is set, and to nothing. */
  isEmpty(name: SecretVariable): boolean;
}

/**
 * The process's environment. Secrets are moved out of it at once, so that no
 * child process (a browser) inherits them.
 */
export function processEnvironment(): Environment {
  const secrets = new Map(SECRET_VARIABLES.map((name) => [name, take(name)]));
  // The answer of a sign-in is waited for on 127.0.0.1 and nowhere else.
  Deno.env.delete(LISTENER_VARIABLE);
  // Deno reads this at the first connection. Without it the operating
  // system's own authorities (a company root) would be unknown.
  const authorities = read(AUTHORITIES_VARIABLE);
  if (!authorities || authorities instanceof AppError) {
    Deno.env.set(AUTHORITIES_VARIABLE, EVERY_AUTHORITY);
  }
  const secretOf = (name: SecretVariable) => usable(secrets.get(name));
  return {
    get: readVariable,
    secret(name) {
      const secret = secretOf(name);
      return secret?.reveal() ? secret : undefined;
    },
    isEmpty: (name) => secretOf(name)?.reveal() === "",
  };
}

/** Undefined also for an empty value. @throws `usage` for one that is not UTF-8 */
export function readVariable(name: string): string | undefined {
  return usable(read(name)) || undefined;
}

/** An error in place of the runtime's own, which repeats the value. */
function read(name: string): string | undefined | AppError {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    return new AppError("usage", `${name} is not a UTF-8 text`, {
      hints: [`set ${name} anew, or unset it`],
    });
  }
}

function take(name: SecretVariable): Secret | undefined | AppError {
  const value = read(name);
  if (value === undefined) return undefined;
  Deno.env.delete(name);
  return value instanceof AppError ? value : new Secret(value);
}

function usable<T>(value: T | AppError): T {
  if (value instanceof AppError) throw value;
  return value;
}
