/**
 * Builds a release into dist/: `sh scripts/deno task release [--sign KEYFILE]
 * [--system linux-x64]… [--output FOLDER]`.
 */
import { parseArgs } from "node:util";
import { fromRoot } from "./compile/paths.ts";
import { fail, say } from "./compile/say.ts";
import { TARGETS } from "./compile/targets.ts";
import { targetOf } from "./release/artifacts.ts";
import { buildRelease } from "./release/build_release.ts";

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sign: { type: "string" },
      system: { type: "string", multiple: true },
      output: { type: "string", default: fromRoot("dist") },
    },
  });
  const names = await buildRelease({
    folder: values.output,
    targets: values.system?.map(targetOf) ?? TARGETS,
    keyFile: values.sign,
    log: say,
  });
  say(`${names.length} files in ${values.output}`);
}

await main(Deno.args).catch(fail);
