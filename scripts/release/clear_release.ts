import { join } from "node:path";
import { SUMS } from "./sums.ts";

/**
 * Takes an older release out of a folder, as far as the next one would not
 * overwrite it: else its signatures and programs would lie among the new ones.
 * Where no sums tell of a release, every file is somebody's own.
 */
export async function clearRelease(folder: string): Promise<void> {
  const sums = await Deno.stat(join(folder, SUMS)).catch(() => null);
  if (sums === null) return;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const isOld = isDirectory
      ? ["docs", "provision"].includes(name)
      : /\.(?:sig|intoto\.json)$/.test(name) || name.startsWith("standcloud-");
    if (isOld) await Deno.remove(join(folder, name), { recursive: true });
  }
}
