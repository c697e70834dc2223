import { dirname, join, resolve } from "node:path";
import { AppError } from "../system/app_error.ts";
import { CouchDb } from "../sources/couchdb/couchdb.ts";
import {
  type DatabaseUrl,
  databaseUrlOf,
  isDatabaseUrl,
  parseDatabaseUrl,
} from "../sources/couchdb/database_url.ts";
import type { Places } from "../sources/find_runs.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";

export type Input = Pick<CommandInput<CommonFlags>, "system" | "stand">;

/**
 * What the arguments of a command name: files and folders, or databases.
 *
 * @throws `usage` for a URL that is not one of a database.
 */
export function placesOf(input: Input, given: readonly string[]): Places {
  const urls = given.filter(isDatabaseUrl).map(parseDatabaseUrl);
  return {
    paths: given.filter((one) => !isDatabaseUrl(one)),
    databases: urls.map((url) => couchDbAt(input, url)),
  };
}

/**
 * And where the hardpy.toml says that HardPy stores its runs: in a database, or
 * in the folder of its JSON storage.
 *
 * @throws `usage`, `config_invalid`
 */
export async function withHardpysDatabase(
  input: Input,
  { paths, databases }: Places,
): Promise<Places> {
  const toml = await (await input.stand()).hardpyToml();
  if (toml === undefined) {
    throw new AppError("usage", "--database needs a hardpy.toml", {
      hints: [
        "run it in the folder of the test plans, or give --config PATH, or the URL of the database: http://USER:PASSWORD@localhost:5984",
      ],
    });
  }
  const database = toml.database();
  if (database.storageType === "couchdb") {
    const couchDb = couchDbAt(input, databaseUrlOf(database));
    return { paths, databases: [...databases, couchDb] };
  }
  const folder = resolve(dirname(toml.path), database.storagePath);
  return { paths: [...paths, join(folder, "storage")], databases };
}

export function couchDbAt(
  { system, stand }: Input,
  url: DatabaseUrl,
): CouchDb {
  return new CouchDb(url, {
    http: async () => (await stand()).http(),
    signal: system.interrupted,
  });
}
