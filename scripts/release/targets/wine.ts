import { join } from "node:path";
import { type Place, SYSTEMS_FOLDER } from "./place.ts";

/** Wine gives the files of this machine a drive of their own. */
export async function underWine(program: string): Promise<Place> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-wine-" });
  return {
    system: "windows-x64",
    name: "wine",
    folder,
    start: ["wine", program],
    inside: (name) => `Z:${join(folder, name).replaceAll("/", "\\")}`,
    env: { WINEPREFIX: join(SYSTEMS_FOLDER, "wine"), WINEDEBUG: "-all" },
  };
}
