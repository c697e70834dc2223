import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/** A path inside this repository, wherever the script was started from. */
export function fromRoot(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}
