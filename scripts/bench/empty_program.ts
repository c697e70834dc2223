import { compile } from "../compile/build.ts";
import { fromRoot } from "../compile/paths.ts";

/** The floor of every start-up time: a program that does nothing, compiled like ours. */
export async function emptyProgram(): Promise<string> {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  const output = fromRoot(`dist/empty${suffix}`);
  const entry = fromRoot("scripts/bench/empty.ts");
  await compile({ entry, output, log: () => {} });
  return output;
}
