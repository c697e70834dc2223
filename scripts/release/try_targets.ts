/**
 * Runs the released programs on the systems that they are for, as far as this
 * machine carries them, and prints what ran where: `sh scripts/deno run -A
 * scripts/release/try_targets.ts [FOLDER]`. Wants root, and Debian's
 * debootstrap and qemu-user-static. FOLDER is a release (default: dist/).
 */
import { join } from "node:path";
import { programVersion } from "../compile/build_facts.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import { programName, targetOf } from "./artifacts.ts";
import {
  arm64UnderQemu,
  inFolder,
  thisMachine,
  underWine,
} from "./targets/linux.ts";
import { type Place, SYSTEMS_FOLDER } from "./targets/place.ts";
import { tryCommands } from "./targets/try_commands.ts";

const API_KEY = "key-of-the-trial";

/** denort asks for symbols of glibc 2.27, which is that of Ubuntu 18.04. */
const OLDEST = { suite: "bionic", title: "Ubuntu 18.04" };
const DEBIAN = { suite: "bookworm", title: "Debian 12" };

async function main([release = fromRoot("dist")]: string[]): Promise<void> {
  await Deno.mkdir(SYSTEMS_FOLDER, { recursive: true });
  const version = await programVersion();
  const program = (system: string) =>
    join(release, programName(version, targetOf(system)));
  const places: readonly (() => Promise<Place>)[] = [
    () => thisMachine(program("linux-x64")),
    () => inFolder(program("linux-x64"), DEBIAN),
    () => inFolder(program("linux-x64"), OLDEST),
    () => arm64UnderQemu(program("linux-arm64")),
    () => underWine(program("windows-x64")),
  ];
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  let failures = 0;
  for (const build of places) {
    const place = await build();
    say(`${place.system} on ${place.name}`);
    for (
      const trial of await tryCommands(place, { sandbox, apiKey: API_KEY })
    ) {
      const { command, code, seconds, complaint } = trial;
      const ending = complaint === "" ? "" : `: ${complaint}`;
      if (ending !== "") failures++;
      say(
        `  ${ending === "" ? "ran" : "not"}  ${command}  (exit ${code}, ${
          seconds.toFixed(1)
        } s)${ending}`,
      );
    }
  }
  say("macos-x64, macos-arm64: built, and not run here");
  if (failures > 0) throw new Error(`${failures} commands did not run`);
}

await main(Deno.args).catch(fail);
