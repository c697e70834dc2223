import { Secret } from "./secret.ts";

/** The environment variables the program reads; the compiled binary can read no other. */
export type EnvironmentVariable =
  | "APPDATA"
  | "BROWSER"
  | "CREDENTIALS_DIRECTORY"
  | "DISPLAY"
  | "FORCE_COLOR"
  | "HOME"
  | "LOCALAPPDATA"
  | "NO_COLOR"
  | "STANDCLOUD_ADDRESS"
  | "STANDCLOUD_CA_FILE"
  | "STANDCLOUD_HOME"
  | "STANDCLOUD_KEY_FILE"
  | "STANDCLOUD_PASSPHRASE_FILE"
  | "USERPROFILE"
  | "WAYLAND_DISPLAY"
  | "WSL_DISTRO_NAME"
  | "XDG_CONFIG_HOME"
  | "XDG_STATE_HOME";

/** Variables that hold a secret: they are taken out of the environment when read. */
export type SecretVariable = "STANDCLOUD_API_KEY" | "STANDCLOUD_PASSPHRASE";

export interface Environment {
  /** The value, or undefined when the variable is unset or empty. */
  get(name: EnvironmentVariable): string | undefined;
  secret(name: SecretVariable): Secret | undefined;
}

/**
 * The process's environment. Secrets are moved out of it at once, so that no
 * child process (a browser) inherits them.
 */
export function processEnvironment(): Environment {
  const secrets = new Map<SecretVariable, Secret>();
  for (const name of ["STANDCLOUD_API_KEY", "STANDCLOUD_PASSPHRASE"] as const) {
    const value = Deno.env.get(name);
    if (value) secrets.set(name, new Secret(value));
    if (value !== undefined) Deno.env.delete(name);
  }
  // Deno reads this at the first connection. Without it the operating
  // system's own authorities (a company root) would be unknown.
  if (!Deno.env.get("DENO_TLS_CA_STORE")) {
    Deno.env.set("DENO_TLS_CA_STORE", "system,mozilla");
  }
  return {
    get: (name) => Deno.env.get(name) || undefined,
    secret: (name) => secrets.get(name),
  };
}
