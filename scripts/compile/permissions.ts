import { isWindows, type Target } from "./targets.ts";

/** Read by the program or by a library in it. A name that is not here reads as undefined. */
export const ENVIRONMENT: readonly string[] = [
  // The contract with users: CLI.md, "Environment".
  "STANDCLOUD_HOME",
  "STANDCLOUD_ADDRESS",
  "STANDCLOUD_API_KEY",
  "STANDCLOUD_KEY_FILE",
  "STANDCLOUD_PASSPHRASE",
  "STANDCLOUD_PASSPHRASE_FILE",
  "STANDCLOUD_CA_FILE",
  // systemd hands a service its secrets in this folder.
  "CREDENTIALS_DIRECTORY",
  // Where the operating system wants configuration and state.
  "HOME",
  "XDG_CONFIG_HOME",
  "XDG_STATE_HOME",
  "APPDATA",
  "LOCALAPPDATA",
  "USERPROFILE",
  // Certificates: the first names a file; the second is set by the program at start.
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "DENO_TLS_CA_STORE",
  // The runtime itself obeys these; `doctor` reads them to say so.
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "ALL_PROXY",
  "NO_PROXY",
  "https_proxy",
  "http_proxy",
  "all_proxy",
  "no_proxy",
  // Is there a person, a terminal, a colour?
  "NO_COLOR",
  "FORCE_COLOR",
  "TERM",
  "COLORTERM",
  "TERM_PROGRAM",
  "WT_SESSION",
  "CI",
  // Is there a browser, and which?
  "BROWSER",
  "DISPLAY",
  "WAYLAND_DISPLAY",
  "SSH_TTY",
  "SSH_CONNECTION",
  "SSH_CLIENT",
  "WSL_DISTRO_NAME",
  "WSL_INTEROP",
  "PATH",
  // Windows: where rundll32.exe and powershell.exe live.
  "SystemRoot",
  // The shell's line while it completes a command.
  "COMP_LINE",
];

/** Facts about the machine. */
export const SYSTEM: readonly string[] = [
  // The default name of a stand.
  "hostname",
  // WSL names itself here ("microsoft"); /proc/version needs every permission there is.
  "osRelease",
  // A key file must belong to whoever runs the program.
  "uid",
];

const BROWSER_FOLDERS = [
  "/usr/bin",
  "/usr/local/bin",
  "/bin",
  "/snap/bin",
  "/run/current-system/sw/bin",
];

const BROWSER_NAMES = [
  // These two also run whatever else BROWSER names.
  "xdg-open",
  "sensible-browser",
  "wslview",
  "x-www-browser",
  "firefox",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "microsoft-edge",
];

const WSL_POWERSHELL =
  "/mnt/c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe";

/**
 * Whole paths, never names: Deno looks a name up in PATH at every start, and
 * where PATH is not set at all (`env -i`) the program dies before its first line.
 */
export function browserLaunchers(target: Target): readonly string[] {
  if (isWindows(target)) {
    return [
      "C:\\Windows\\System32\\rundll32.exe",
      "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
    ];
  }
  if (target.includes("apple")) return ["/usr/bin/open"];
  const browsers = BROWSER_FOLDERS.flatMap((folder) =>
    BROWSER_NAMES.map((name) => `${folder}/${name}`)
  );
  return [...browsers, WSL_POWERSHELL];
}

/** What the compiled program may do; it carries this list and nothing can widen it. */
export function permissionFlags(target: Target): readonly string[] {
  return [
    // A missing permission is an error at once, never a question nobody answers.
    "--no-prompt",
    `--allow-env=${ENVIRONMENT.join(",")}`,
    // Libraries read other variables; without this each such read would throw.
    "--ignore-env",
    // Run documents, hardpy.toml, key files: any path the user names.
    "--allow-read",
    // The state folder, `--output`, `--html`, `--after move`: any path the user names.
    "--allow-write",
    // The address is the user's, the callback listener is on 127.0.0.1.
    "--allow-net",
    `--allow-run=${browserLaunchers(target).join(",")}`,
    `--allow-sys=${SYSTEM.join(",")}`,
    // Everything is embedded. Deno would otherwise still trust a few code hosts.
    "--deny-import",
  ];
}
