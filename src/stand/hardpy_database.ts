import { Secret } from "../system/secret.ts";
import * as z from "../system/schema.ts";
import { type TomlText, wrongType } from "./toml_section.ts";

/** `[database]` of a hardpy.toml, with HardPy's defaults. */
export interface HardpyDatabase {
  readonly user: string;
  readonly password: Secret;
  readonly host: string;
  readonly port: number;
  readonly storageType: "couchdb" | "json";
  /** Of JSON storage; relative to the folder of the file. */
  readonly storagePath: string;
}

const schema = z.object({
  user: z.optional(z.string()),
  password: z.optional(z.string()),
  host: z.optional(z.string()),
  port: z.optional(z.int().check(z.positive())),
  "storage_type": z.optional(
    z.union([z.literal("couchdb"), z.literal("json")]),
  ),
  "storage_path": z.optional(z.string()),
});

const EXPECTED: Readonly<Record<string, string>> = {
  port: "a whole number",
  "storage_type": '"couchdb" or "json"',
};

/** @throws `config_invalid` with line and column. */
export function hardpyDatabase(
  toml: TomlText,
  section: unknown = {},
): HardpyDatabase {
  const { success, data, error } = z.safeParse(schema, section);
  if (!success) {
    const key = error.issues[0]?.path[0];
    throw wrongType(toml, "database", { key, expected: EXPECTED });
  }
  return {
    user: data.user ?? "dev",
    password: new Secret(data.password ?? "dev"),
    host: data.host ?? "localhost",
    port: data.port ?? 5984,
    storageType: data["storage_type"] ?? "couchdb",
    storagePath: data["storage_path"] ?? ".hardpy",
  };
}
