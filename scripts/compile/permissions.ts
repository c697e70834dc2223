import {
  AUTHORITIES_VARIABLE,
  LISTENER_VARIABLE,
  READ_VARIABLES,
  SECRET_VARIABLES,
} from "../../src/system/environment.ts";
import {
  MACOS_LAUNCHER,
  WINDOWS_LAUNCHER,
  WSL_LAUNCHER,
} from "../../src/system/browser.ts";
import { isWindows, type Target } from "./targets.ts";

/** A name that is not here reads as undefined. */
export const ENVIRONMENT: readonly string[] = [
  ...READ_VARIABLES,
  ...SECRET_VARIABLES,
  AUTHORITIES_VARIABLE,
  LISTENER_VARIABLE,
];

/**
 * Facts about the machine. `uid`: a key file must belong to the user of the
 * program. `hostname`: the page after a sign-in names the stand.
 */
export const SYSTEM: readonly string[] = ["uid", "hostname"];

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

/**
 * Whole paths, never names: Deno looks a name up in PATH at every start, and
 * where PATH is not set at all (`env -i`) the program dies before its first line.
 */
export function browserLaunchers(target: Target): readonly string[] {
  if (isWindows(target)) {
    return [WINDOWS_LAUNCHER];
  }
  if (target.includes("apple")) return [MACOS_LAUNCHER];
  const browsers = BROWSER_FOLDERS.flatMap((folder) =>
    BROWSER_NAMES.map((name) => `${folder}/${name}`)
  );
  return [...browsers, WSL_LAUNCHER];
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
    // The folder of the logins, `show --html FILE`: any path the user names.
    "--allow-write",
    // The address is the user's, the callback listener is on 127.0.0.1.
    "--allow-net",
    `--allow-run=${browserLaunchers(target).join(",")}`,
    `--allow-sys=${SYSTEM.join(",")}`,
    // Everything is embedded. Deno would otherwise still trust a few code hosts.
    "--deny-import",
  ];
}
