import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import type { TemporaryFolder } from "./temporary_folder.ts";

/** The user that owns nothing, on Linux and macOS. */
const NOBODY = 65534;

/** How to start the compiled program. */
export interface Starter {
  readonly binary: string;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts the program as somebody who may not read every file: root may.
 * `folder` is opened for everybody, and `folder/home` made for the program.
 */
export async function asNobody(folder: TemporaryFolder): Promise<Starter> {
  const binary = await compiledBinary();
  if (Deno.uid() !== 0) return { binary };
  await Deno.chmod(folder.path, 0o755);
  const home = folder.join("home");
  await Deno.mkdir(home, { mode: 0o700 });
  await Deno.chown(home, NOBODY, NOBODY);
  // The project may lie in a folder of root's own.
  const copy = folder.join("standcloud");
  await Deno.copyFile(binary, copy);
  await Deno.chmod(copy, 0o755);
  return { binary: copy, uid: NOBODY, gid: NOBODY };
}
