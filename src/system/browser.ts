import type { Environment } from "./environment.ts";
import type { Platform } from "./paths.ts";

/** Whole paths: the compiled binary may start exactly these. */
export const WINDOWS_LAUNCHER = "C:\\Windows\\System32\\rundll32.exe";
export const MACOS_LAUNCHER = "/usr/bin/open";

/** A command that opens a URL: the program and what stands before the URL. */
export type Launcher = readonly [program: string, ...args: string[]];

/** Windows' own, from within WSL. */
export const WSL_LAUNCHER = "/mnt/c/Windows/System32/rundll32.exe";

const WINDOWS_ARGUMENT = "url.dll,FileProtocolHandler";

/** Browsers that would take the terminal over. */
const TEXT_BROWSER =
  /(?:^|[\\/])(?:w3m|lynx|links2?|elinks|browsh|www-browser)(?:\.exe)?$/i;

/**
 * The launchers to try, best first. `BROWSER` comes first; there are none
 * where there is no screen, and none where `BROWSER` is a text browser.
 */
export function browserLaunchers(
  environment: Environment,
  platform: Platform,
): Launcher[] {
  const chosen = environment.get("BROWSER");
  if (chosen !== undefined && TEXT_BROWSER.test(chosen)) return [];
  const own: Launcher[] = chosen === undefined ? [] : [[chosen]];
  switch (platform) {
    case "windows":
      return [...own, [WINDOWS_LAUNCHER, WINDOWS_ARGUMENT]];
    case "darwin":
      return [...own, [MACOS_LAUNCHER]];
    case "linux":
      return [...own, ...linuxLaunchers(environment)];
  }
}

function linuxLaunchers(environment: Environment): Launcher[] {
  const windows: Launcher[] = environment.get("WSL_DISTRO_NAME") === undefined
    ? []
    : [["wslview"], [WSL_LAUNCHER, WINDOWS_ARGUMENT]];
  // Where there is no screen xdg-open looks for a text browser. It also runs a
  // BROWSER that the program itself may not start.
  const screen = environment.get("DISPLAY") ??
    environment.get("WAYLAND_DISPLAY") ?? environment.get("BROWSER");
  return screen === undefined ? windows : [...windows, ["xdg-open"]];
}

/** Opens a URL in the person's browser; false when no launcher could be started. */
export async function openInBrowser(
  url: URL,
  launchers: readonly Launcher[],
): Promise<boolean> {
  // The URL is an argument of its own and never sees a shell; it must still
  // not be able to name a file, a script or an option.
  if (!["https:", "http:"].includes(url.protocol)) return false;
  for (const [program, ...args] of launchers) {
    try {
      const child = new Deno.Command(program, {
        args: [...args, url.href],
        stdin: "null",
        stdout: "null",
        stderr: "null",
      }).spawn();
      const { success } = await startOf(child);
      if (success) return true;
    } catch {
      // Not installed, or not one of the launchers the program may start.
    }
  }
  return false;
}

/** A launcher that still runs after this has not failed to start. */
const START_MILLISECONDS = 2000;

async function startOf(
  child: Deno.ChildProcess,
): Promise<{ success: boolean }> {
  const { promise: started, resolve } = Promise.withResolvers<
    { success: boolean }
  >();
  const timer = setTimeout(
    () => resolve({ success: true }),
    START_MILLISECONDS,
  );
  const result = await Promise.race([child.status, started]);
  clearTimeout(timer);
  // It may stay for as long as the browser does.
  child.unref();
  return result;
}
