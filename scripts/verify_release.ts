/**
 * Proves a release: `sh scripts/deno run -A scripts/verify_release.ts [FOLDER]`.
 * Checks the sums and statements of FOLDER and that it has no other files (in the default,
 * dist/, those of `task compile` may lie too: they are named), builds the commit
 * again from two clones at two paths, and compares every file of the three.
 */
import { fromRoot } from "./compile/paths.ts";
import { fail, say } from "./compile/say.ts";
import { buildFromClone, clones } from "./release/clones.ts";
import { currentCommit } from "./release/commit.ts";
import { differences } from "./release/differences.ts";
import { wrongSubjects } from "./release/provenance.ts";
import { SUMS, unlistedFiles, wrongFiles } from "./release/sums.ts";

async function main([folder]: string[]): Promise<void> {
  const given = folder ?? fromRoot("dist");
  const wrong = await wrongFiles(given);
  if (wrong.length > 0) {
    throw new Error(`not what ${SUMS} says: ${wrong.join(", ")}`);
  }
  const unlisted = await unlistedFiles(given);
  if (unlisted.length > 0) {
    const what = `not in ${SUMS}, so not released: ${unlisted.join(", ")}`;
    if (folder !== undefined) throw new Error(what);
    say(`note     ${what}`);
  }
  say(`sums     every released file of ${given} is what ${SUMS} says`);
  await checkStatements(given);
  const { name } = await currentCommit();
  if (name.endsWith("-dirty")) {
    throw new Error("commit your changes first: a clone would not have them");
  }
  await using made = await clones();
  const releases: string[] = [];
  for (const clone of made.folders) {
    releases.push(await buildFromClone(clone, { log: say }));
    say(`built    ${name} in ${clone}`);
  }
  const [first = "", second = ""] = releases;
  report("two clones", await differences(first, second));
  report(given, await differences(given, first));
}

/** Throws where a statement of a signed release tells of other files. */
async function checkStatements(folder: string): Promise<void> {
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".intoto.json")) continue;
    const about = name.replace(/\.intoto\.json$/, "");
    const wrong = await wrongSubjects(folder, about);
    if (wrong.length === 0) continue;
    throw new Error(`not what ${name} says: ${wrong.join(", ")}`);
  }
}

/** Throws where a file differs. */
function report(what: string, found: readonly string[]): void {
  if (found.length > 0) {
    throw new Error(`${what}: not the same: ${found.join(", ")}`);
  }
  say(`same     ${what}: every file, byte for byte`);
}

await main(Deno.args).catch(fail);
