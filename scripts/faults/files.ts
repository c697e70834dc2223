import { join } from "node:path";
import type { Broken } from "./promise.ts";
import type { Stand } from "./stand.ts";

const RANDOM = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** All files below a folder, sorted; none where there is no folder. */
export async function filesBelow(
  folder: string,
  below = "",
): Promise<string[]> {
  const found: string[] = [];
  const entries = Deno.readDir(join(folder, below));
  try {
    for await (const { name, isDirectory } of entries) {
      const path = join(below, name);
      if (isDirectory) found.push(...await filesBelow(folder, path));
      else found.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}

/** Files under random names, which no later command has taken away. */
export async function leftovers({ root }: Stand): Promise<Broken[]> {
  return (await filesBelow(root)).filter((path) => RANDOM.test(path))
    .map((path) => ({ kind: "unreadable", text: `${path} is left behind` }));
}
