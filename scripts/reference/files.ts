import { dirname } from "node:path";
import type { EnvironmentVariable } from "../../src/system/environment.ts";
import {
  type Paths,
  type Platform,
  programPaths,
} from "../../src/system/paths.ts";
import type { Rows } from "./table.ts";

/** What a person reads in place of these variables. */
const HOMES: Partial<Record<EnvironmentVariable, string>> = {
  HOME: "~",
  APPDATA: "%APPDATA%",
  LOCALAPPDATA: "%LOCALAPPDATA%",
};

const SYSTEMS: readonly Platform[] = ["linux", "darwin", "windows"];

const FILES: readonly {
  readonly name: string;
  folder(paths: Paths): string;
}[] = [
  {
    name: "`key.txt`, the key of the stand (an age identity)",
    folder: ({ keyFile }) => dirname(keyFile),
  },
  {
    name: "`logins/HOST[_PORT].age`, one login each",
    folder: ({ loginsFolder }) => dirname(loginsFolder),
  },
  {
    name: "`logins/HOST[_PORT].outline`, what that login is, without secrets",
    folder: ({ loginsFolder }) => dirname(loginsFolder),
  },
  {
    name: "`taken_over.txt`, digests of `--from` files",
    folder: ({ configFolder }) => configFolder,
  },
  {
    name: "`*.lock`, empty, beside them",
    folder: ({ configFolder }) => configFolder,
  },
  {
    name: "`ledger.db`, what was sent, and `claims/`",
    folder: ({ ledgerFile }) => dirname(ledgerFile),
  },
];

export function fileRows(): Rows {
  const places = SYSTEMS.map((system) =>
    programPaths({
      get: (name) => HOMES[name],
      secret: () => undefined,
      isEmpty: () => false,
    }, system)
  );
  return [
    ["file", "Linux", "macOS", "Windows"],
    ...FILES.map(({ name, folder }) => [
      name,
      ...places.map((paths, index) =>
        `\`${spelt(folder(paths), SYSTEMS[index])}\``
      ),
    ]),
  ];
}

function spelt(path: string, system: Platform | undefined): string {
  const folder = `${path.replaceAll("\\", "/")}/`;
  return system === "windows" ? folder.replaceAll("/", "\\") : folder;
}
