import { dirname, join } from "node:path";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { blocksUpload, findRule } from "./rule_text.ts";

/** A file for the flag, beside the hardpy.toml that --config names, or in this folder. */
const NAME = "standcloud.toml";

interface IgnoreFlags {
  readonly ignore?: readonly string[];
  readonly config?: string;
}

/**
 * The rules that a person wants to hear nothing of: by flag and by file.
 *
 * @throws `usage` for a flag, and `config_invalid` for a file, that names no rule or one that keeps a run from StandCloud.
 */
export async function ignoredRules(
  system: Pick<System, "inputFiles">,
  { ignore = [], config }: IgnoreFlags,
): Promise<ReadonlySet<string>> {
  requireIgnorable(ignore);
  const path = join(await folderOf(system, config), NAME);
  // Any error but "not found" is told: the file may be there and hold rules.
  const found = await system.inputFiles.info(path);
  if (found === undefined) return new Set(ignore);
  // Loaded only where there is such a file.
  const { readStandcloudToml } = await import("../stand/standcloud_toml.ts");
  const { ignored } = await readStandcloudToml(system, path);
  return new Set([...ignore, ...ignored]);
}

async function folderOf(
  { inputFiles }: Pick<System, "inputFiles">,
  config: string | undefined,
): Promise<string> {
  if (config === undefined) return ".";
  const folder = await inputFiles.folder(config);
  return folder === undefined ? dirname(config) : config;
}

function requireIgnorable(words: readonly string[]): void {
  for (const word of words) {
    if (!blocksUpload(findRule(word))) continue;
    throw new AppError(
      "usage",
      `The rule ${word} cannot be ignored: StandCloud refuses such a run`,
      { hints: [`standcloud validate --explain ${word}`] },
    );
  }
}
