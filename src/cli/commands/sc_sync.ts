import { AppError } from "../../system/app_error.ts";
import type { UploadFlags } from "../sending.ts";
import type { CommandInput } from "../command_input.ts";
import { once } from "../once.ts";
import { upload } from "./upload.ts";

/** Those of `upload` that make sense for what waits in a folder. */
export type SyncFlags = Omit<
  UploadFlags,
  "force" | "watch" | "export" | "metrics" | "database" | "ignore"
>;

/**
 * Uploads what waits and lies below the folder, as HardPy's command does through
 * its panel. As with HardPy, the hardpy.toml of that folder counts.
 *
 * @throws `usage` when it is not a folder.
 */
export async function scSync(
  input: CommandInput<SyncFlags>,
  folder = ".",
): Promise<number> {
  const { system, output, flags } = input;
  if (await system.inputFiles.folder(folder) === undefined) {
    throw new AppError("usage", `"${folder}" is not a folder`, {
      hints: ["standcloud upload takes files"],
    });
  }
  const stand = async () => (await input.stand()).inFolder(folder);
  const exitCode = await upload({ ...input, stand: once(stand) }, [folder], {
    mayBeEmpty: true,
  });
  if (exitCode === 0 && !(flags.dryRun || flags.json || flags.quiet)) {
    output.laidOut("All reports are synchronized with StandCloud\n");
  }
  return exitCode;
}
