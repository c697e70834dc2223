import { fromRoot } from "../compile/paths.ts";
import { postedRuns } from "./posted_runs.ts";
import { VERSIONS } from "./versions.ts";

/** Folders with real runs: those of the test data, and new ones in all forms that were stored. */
export async function hardpyFolders(
  count: number,
): Promise<AsyncDisposable & { readonly folders: readonly string[] }> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-hardpy-" });
  const newest = VERSIONS.at(-1)?.hardpy ?? "";
  for (const { run, body, stored } of await postedRuns(newest, count)) {
    const texts = Object.entries({ ...stored, body });
    for (const [form, text] of texts) {
      const path = form === "history"
        ? `${folder}/${run}/runstore/176000000000${run}.json`
        : `${folder}/${run}/${form}.json`;
      await Deno.mkdir(`${folder}/${run}/runstore`, { recursive: true });
      await Deno.writeTextFile(path, text);
    }
  }
  const testdata = ["runs", "stands/hardpy-0.24.0", "stands/hardpy-0.25.2"];
  return {
    folders: [
      ...testdata.map((name) => fromRoot(`tests/testdata/${name}`)),
      folder,
    ],
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
