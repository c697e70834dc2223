/**
 * Compiles the program: `sh scripts/deno task compile [--target T] [--output PATH]
 * [--entry PATH]`. Without arguments: for this machine, into dist/.
 */
import { parseArgs } from "node:util";
import { compile } from "./compile/build.ts";
import { rebuild } from "./compile/compiled_binary.ts";
import { fromRoot } from "./compile/paths.ts";
import { fail, say } from "./compile/say.ts";
import { isWindows, parseTarget } from "./compile/targets.ts";

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      target: { type: "string" },
      output: { type: "string" },
      entry: { type: "string" },
    },
  });
  if (Object.keys(values).length === 0) {
    await rebuild(say);
    return;
  }
  const target = parseTarget(values.target);
  const suffix = isWindows(target) ? ".exe" : "";
  await compile({
    entry: values.entry ?? fromRoot("main.ts"),
    output: values.output ?? fromRoot(`dist/standcloud${suffix}`),
    target,
    log: say,
  });
}

await main(Deno.args).catch(fail);
