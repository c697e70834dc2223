import { join, resolve } from "node:path";
import { parse, TomlError } from "smol-toml";
import { AppError } from "../system/app_error.ts";
import { Secret } from "../system/secret.ts";
import * as z from "../system/schema.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import { type HardpyDatabase, hardpyDatabase } from "./hardpy_database.ts";
import { invalidToml, wrongType } from "./toml_section.ts";

/** The parts of a hardpy.toml that are for this program. */
export interface HardpyToml {
  /** The whole path. */
  readonly path: string;
  /** Whether the person named it; else it was found in a folder. */
  readonly isNamed: boolean;
  readonly address: string | undefined;
  readonly apiKey: Secret | undefined;
  /** Where HardPy stores runs. @throws `config_invalid` with line and column. */
  database(): HardpyDatabase;
}

const NAME = "hardpy.toml";
const SIZE_LIMIT = 1024 * 1024;

const schema = z.object({
  address: z.optional(z.string()),
  "api_key": z.optional(z.string()),
  // The spelling of HardPy's documentation; its code refuses it.
  "api-key": z.optional(z.string()),
  "connection_only": z.optional(z.boolean()),
  autosync: z.optional(z.boolean()),
  "autosync_timeout": z.optional(z.int().check(z.positive())),
});

const EXPECTED: Record<string, string> = {
  "connection_only": "true or false",
  autosync: "true or false",
  "autosync_timeout": "a whole number of minutes",
};

/**
 * Reads `[stand_cloud]` and `[database]` of a hardpy.toml; what else is in the
 * file is HardPy's.
 * Undefined when no file is named and none of the folders has one.
 *
 * @param named a file or its folder.
 * @param folders where to look for it when none is named.
 * @throws `config_invalid` with line and column.
 */
export async function readHardpyToml(
  system: System,
  named: string | undefined,
  folders: readonly string[] = ["."],
): Promise<HardpyToml | undefined> {
  const path = await findFile(system, named, folders);
  if (path === undefined) return undefined;
  const text = settingsText(
    await system.inputFiles.read(path, SIZE_LIMIT),
  );
  const sections = parseToml(path, text);
  const section = sections["stand_cloud"] ?? {};
  const { success, data, error } = z.safeParse(schema, section);
  if (!success) {
    const key = error.issues[0]?.path[0];
    throw wrongType({ path, text }, "stand_cloud", { key, expected: EXPECTED });
  }
  const apiKey = data.api_key || data["api-key"];
  return {
    path: resolve(path),
    isNamed: named !== undefined,
    address: data.address || undefined,
    apiKey: apiKey ? new Secret(apiKey) : undefined,
    database: () => hardpyDatabase({ path, text }, sections["database"]),
  };
}

async function findFile(
  system: System,
  named: string | undefined,
  folders: readonly string[],
): Promise<string | undefined> {
  const inFolder = (folder: string) =>
    system.inputFiles.find(join(folder, NAME), { accepts: () => false }).then(
      ([path]) => path,
      () => undefined,
    );
  if (named === undefined) {
    const found = await Promise.all(folders.map(inFolder));
    return found.find((path) => path !== undefined);
  }
  // A file finds itself; a folder has nothing that is accepted.
  const [file] = await system.inputFiles.find(named, { accepts: () => false });
  const path = file ?? await inFolder(named);
  if (path !== undefined) return path;
  throw new AppError("input_unreadable", `There is no ${NAME} in "${named}"`);
}

/** @throws `config_invalid` with line and column. */
export function parseToml(path: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    // Only the first line: the rest shows the file, which may hold an API key.
    const [reason = ""] = error.message.split("\n");
    throw invalidToml(path, error, reason);
  }
}
