import { isWindows, type Target } from "../compile/targets.ts";

/** What people call the systems that the program is built for. */
const SYSTEMS: Record<Target, string> = {
  "x86_64-unknown-linux-gnu": "linux-x64",
  "aarch64-unknown-linux-gnu": "linux-arm64",
  "x86_64-pc-windows-msvc": "windows-x64",
  "x86_64-apple-darwin": "macos-x64",
  "aarch64-apple-darwin": "macos-arm64",
};

export function programName(version: string, target: Target): string {
  const suffix = isWindows(target) ? ".exe" : "";
  return `standcloud-${version}-${SYSTEMS[target]}${suffix}`;
}

/** The target that is called `linux-x64` and so on. */
export function targetOf(system: string): Target {
  const targets = Object.keys(SYSTEMS) as Target[];
  const found = targets.find((target) => SYSTEMS[target] === system);
  if (found !== undefined) return found;
  throw new Error(
    `no system is called "${system}"; known: ${
      Object.values(SYSTEMS).join(", ")
    }`,
  );
}
