import { join } from "node:path";

/** Writes files in one go: nothing else runs meanwhile, not even who watches the folder. */
export function writeAtOnce(folder: string, count: number): void {
  for (let n = 0; n < count; n++) {
    Deno.writeTextFileSync(join(folder, `${n}.json`), "{}");
  }
}
