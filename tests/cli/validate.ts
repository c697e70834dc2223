import { runProgram } from "../support/run_program.ts";
import type { ProgramResult } from "../support/running_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Runs `validate` on stdin, or on paths. */
export async function validate(
  args: readonly string[],
  stdin = "",
): Promise<ProgramResult> {
  await using folder = await TemporaryFolder.make();
  return await runProgram(["validate", ...args], { home: folder.path, stdin });
}
