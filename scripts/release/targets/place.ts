import { fromRoot } from "../../compile/paths.ts";

/** Somewhere a released program can be started. */
export interface Place {
  /** `linux-x64` and so on. */
  readonly system: string;
  /** On what, and through what. */
  readonly name: string;
  /** Folder of this machine that becomes the program's current folder. */
  readonly folder: string;
  /** The command line that starts the program there. */
  readonly start: readonly string[];
  /** How the program there calls a file in `folder`. */
  inside(name: string): string;
  /** Of the emulator. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Where downloaded systems are kept; a second run has them. */
export const SYSTEMS_FOLDER: string = fromRoot(".toolchain/targets");

/** Runs a command to prepare a place. Throws with what it said where it fails. */
export async function prepare(
  [program = "", ...args]: readonly string[],
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: SYSTEMS_FOLDER,
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  throw new Error(
    `${program} ${args.join(" ")} failed\n${
      decoder.decode(stderr).slice(-500)
    }`,
  );
}

export async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
