import assert from "node:assert/strict";
import { join } from "node:path";
import { type Platform, programPaths } from "../../src/system/paths.ts";
import { appError } from "./errors.ts";
import { fakeEnvironment, type Variables } from "./fake_system.ts";

const everything = { "STANDCLOUD_HOME": "/srv/stand", HOME: "/home/me" };

const folders: [platform: Platform, variables: Variables, folder: string][] = [
  ["linux", everything, "/srv/stand"],
  ["windows", everything, "/srv/stand"],
  ["darwin", everything, "/srv/stand"],
  ["linux", { HOME: "/home/me" }, "/home/me/.config/standcloud"],
  [
    "linux",
    { HOME: "/home/me", "XDG_CONFIG_HOME": "/etc/me" },
    "/etc/me/standcloud",
  ],
  [
    "darwin",
    { HOME: "/Users/me", "XDG_CONFIG_HOME": "/etc/me" },
    "/Users/me/Library/Application Support/standcloud",
  ],
  ["windows", { APPDATA: "C:/Me/Roaming" }, "C:/Me/Roaming/standcloud"],
];

for (const [platform, variables, folder] of folders) {
  const given = Object.keys(variables).join(", ");
  Deno.test(`programPaths() on ${platform} with ${given} is ${folder}`, () => {
    const { configFolder, keyFile, loginsFolder } = programPaths(
      fakeEnvironment(variables),
      platform,
    );
    assert.deepEqual([configFolder, keyFile, loginsFolder], [
      join(folder),
      join(folder, "key.txt"),
      join(folder, "logins"),
    ]);
  });
}

const ledgers: [platform: Platform, variables: Variables, file: string][] = [
  ["windows", everything, "/srv/stand/ledger.db"],
  ["linux", { HOME: "/home/me" }, "/home/me/.local/state/standcloud/ledger.db"],
  [
    "linux",
    { HOME: "/home/me", "XDG_STATE_HOME": "/var/me" },
    "/var/me/standcloud/ledger.db",
  ],
  [
    "darwin",
    { HOME: "/Users/me", "XDG_STATE_HOME": "/var/me" },
    "/Users/me/Library/Application Support/standcloud/ledger.db",
  ],
  [
    "windows",
    { APPDATA: "C:/Me/Roaming", LOCALAPPDATA: "C:/Me/Local" },
    "C:/Me/Local/standcloud/ledger.db",
  ],
];

for (const [platform, variables, file] of ledgers) {
  Deno.test(`programPaths() on ${platform} keeps the ledger in ${file}`, () => {
    const paths = programPaths(fakeEnvironment(variables), platform);
    assert.equal(paths.ledgerFile, join(file));
  });
}

Deno.test("programPaths() on windows names the variable that is missing for the ledger alone", () => {
  const environment = fakeEnvironment({ APPDATA: "C:/Me/Roaming" });
  const paths = programPaths(environment, "windows");
  assert.throws(() => paths.ledgerFile, appError("usage", /LOCALAPPDATA/));
});

const missing: [platform: Platform, variable: RegExp][] = [
  ["linux", /HOME/],
  ["darwin", /HOME/],
  ["windows", /APPDATA/],
];

for (const [platform, variable] of missing) {
  Deno.test(`programPaths() on ${platform} names the variable that is missing`, () => {
    assert.throws(
      () => programPaths(fakeEnvironment({}), platform),
      appError("usage", variable),
    );
  });
}
