import { isAbsolute, join } from "node:path";
import { browserLaunchers } from "./browser.ts";
import type { Environment } from "./environment.ts";
import type { Platform } from "./paths.ts";

/** Where the compiled program may start a browser launcher. */
const FOLDERS = [
  "/usr/bin",
  "/usr/local/bin",
  "/bin",
  "/snap/bin",
  "/run/current-system/sw/bin",
];

/** The program that would open a URL; undefined where there is none, or no screen. */
export async function findBrowser(
  environment: Environment,
): Promise<string | undefined> {
  const platform = Deno.build.os as Platform;
  for (const [program] of browserLaunchers(environment, platform)) {
    const paths = isAbsolute(program)
      ? [program]
      : FOLDERS.map((folder) => join(folder, program));
    for (const path of paths) {
      const info = await Deno.stat(path).catch(() => undefined);
      if (info?.isFile) return path;
    }
  }
  return undefined;
}
