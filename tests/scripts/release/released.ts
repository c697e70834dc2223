import { fromRoot } from "../../../scripts/compile/paths.ts";
import { parseTarget } from "../../../scripts/compile/targets.ts";
import { buildRelease } from "../../../scripts/release/build_release.ts";
import { programName } from "../../../scripts/release/artifacts.ts";
import { programVersion } from "../../../scripts/compile/build_facts.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";

/** A release for this machine alone, in a folder of its own. */
export interface Released extends AsyncDisposable {
  readonly folder: string;
  readonly names: readonly string[];
  readonly program: string;
  readonly version: string;
  read(name: string): Promise<string>;
}

export async function release(keyFile?: string): Promise<Released> {
  const folder = await TemporaryFolder.make();
  const targets = [parseTarget()];
  const names = await buildRelease({
    folder: folder.path,
    targets,
    keyFile,
    log: () => {},
  });
  const version = await programVersion();
  return {
    folder: folder.path,
    names,
    program: folder.join(programName(version, parseTarget())),
    version,
    read: (name) => Deno.readTextFile(folder.join(name)),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** Where Deno keeps the npm packages that `deno.lock` names. */
export async function npmCache(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
    cwd: fromRoot("./"),
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).npmCache;
}

/** Runs another program on the released files; gives its exit code and all its output. */
export async function runIn(
  folder: string,
  [program = "", ...args]: readonly string[],
  stdin?: string,
): Promise<{ code: number; text: string }> {
  const child = new Deno.Command(program, {
    args,
    cwd: folder,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (stdin !== undefined) {
    const file = await Deno.open(stdin);
    await file.readable.pipeTo(child.stdin).catch(() => {});
  }
  const { code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
