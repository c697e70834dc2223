import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import { AppError } from "../system/app_error.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";

export const KEY_VARIABLE = "HARDPY_SC_API_KEY";

const SIZE_LIMIT = 1024 * 1024;

/**
 * The API key in the `.env` file beside a hardpy.toml, as HardPy 0.25 reads it.
 * Empty where the file sets the variable to nothing; undefined where the file
 * does not set it, or is not there.
 *
 * @throws `input_unreadable`, `config_invalid`
 */
export async function readDotenvKey(
  { inputFiles }: System,
  tomlPath: string,
): Promise<{ path: string; key: string } | undefined> {
  const path = join(dirname(tomlPath), ".env");
  const bytes = await inputFiles.readIfThere(path, SIZE_LIMIT);
  if (bytes === undefined) return undefined;
  const key = parseEnv(settingsText(bytes))[KEY_VARIABLE];
  if (key === undefined) return undefined;
  if (!key.includes("\ufffd")) return { path, key };
  throw new AppError(
    "config_invalid",
    `${path}: ${KEY_VARIABLE} is not a UTF-8 text`,
    { hints: ["save the file as UTF-8"] },
  );
}
