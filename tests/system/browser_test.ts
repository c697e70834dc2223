import assert from "node:assert/strict";
import {
  browserLaunchers,
  type Launcher,
  MACOS_LAUNCHER,
  openInBrowser,
  WINDOWS_LAUNCHER,
  WSL_LAUNCHER,
} from "../../src/system/browser.ts";
import type { Platform } from "../../src/system/paths.ts";
import { privateFiles } from "../../src/system/private_files.ts";
import { fakeEnvironment, type Variables } from "./fake_system.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const wsl: Launcher = [WSL_LAUNCHER, "url.dll,FileProtocolHandler"];
const rundll: Launcher = [WINDOWS_LAUNCHER, "url.dll,FileProtocolHandler"];

const launchers: [
  platform: Platform,
  variables: Variables,
  expected: Launcher[],
][] = [
  ["linux", {}, []],
  ["linux", { DISPLAY: ":0" }, [["xdg-open"]]],
  ["linux", { "WAYLAND_DISPLAY": "wayland-0" }, [["xdg-open"]]],
  ["linux", { BROWSER: "firefox" }, [["firefox"], ["xdg-open"]]],
  ["linux", { BROWSER: "firefox", DISPLAY: ":0" }, [["firefox"], ["xdg-open"]]],
  ["linux", { "WSL_DISTRO_NAME": "Ubuntu" }, [["wslview"], wsl]],
  ["linux", { "WSL_DISTRO_NAME": "Ubuntu", DISPLAY: ":0" }, [
    ["wslview"],
    wsl,
    ["xdg-open"],
  ]],
  ...["w3m", "/usr/bin/lynx", "links", "links2", "elinks", "www-browser"].map(
    (BROWSER): [Platform, Variables, Launcher[]] => [
      "linux",
      { BROWSER, DISPLAY: ":0" },
      [],
    ],
  ),
  ["darwin", {}, [[MACOS_LAUNCHER]]],
  ["darwin", { BROWSER: "firefox" }, [["firefox"], [MACOS_LAUNCHER]]],
  ["windows", {}, [rundll]],
  ["windows", { BROWSER: "firefox.exe" }, [["firefox.exe"], rundll]],
];

for (const [platform, variables, expected] of launchers) {
  const given = JSON.stringify(variables);
  Deno.test(`browserLaunchers() on ${platform} with ${given}`, () => {
    assert.deepEqual(
      browserLaunchers(fakeEnvironment(variables), platform),
      expected,
    );
  });
}

/** A launcher that notes its arguments, one a line, and ends with `code`. */
async function launcher(path: string, code = 0): Promise<Launcher> {
  const script = `#!/bin/sh
for one in "$@"; do echo "$one"; done >> "${path}.log"
exit ${code}
`;
  await Deno.writeTextFile(path, script, { mode: 0o700 });
  return [path];
}

const URL_TEXT = "https://demo.standcloud.io/?a=$(id)&b=`id`&c=%27;id;%22&d=-o";

Deno.test("openInBrowser() gives the URL as one argument that no shell reads (duties 1, 27)", async () => {
  await using folder = await TemporaryFolder.make();
  const [program] = await launcher(folder.join("browser"));
  const url = new URL(URL_TEXT);
  assert.equal(await openInBrowser(url, [[program, "--new-tab"]]), true);
  assert.equal(
    await Deno.readTextFile(folder.join("browser.log")),
    `--new-tab\n${url.href}\n`,
  );
});

Deno.test("openInBrowser() goes on to the next launcher until one works", async () => {
  await using folder = await TemporaryFolder.make();
  const tried = [
    [folder.join("missing")] as const,
    await launcher(folder.join("failing"), 1),
    await launcher(folder.join("working")),
    await launcher(folder.join("unused")),
  ];
  assert.equal(await openInBrowser(new URL(URL_TEXT), tried), true);
  const names = await privateFiles.list(folder.path);
  assert.deepEqual(names.filter((name) => name.endsWith(".log")), [
    "failing.log",
    "working.log",
  ]);
});

Deno.test("openInBrowser() is false when no launcher works, or there is none", async () => {
  await using folder = await TemporaryFolder.make();
  const failing = await launcher(folder.join("failing"), 3);
  const url = new URL(URL_TEXT);
  assert.equal(await openInBrowser(url, [[folder.join("missing")]]), false);
  assert.equal(await openInBrowser(url, [failing]), false);
  assert.equal(await openInBrowser(url, []), false);
});

for (
  const url of [
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,hello",
    "ftp://demo.standcloud.io/",
    "vbscript:x",
    "ms-settings:",
  ]
) {
  Deno.test(`openInBrowser() starts nothing for ${url} (duty 27)`, async () => {
    await using folder = await TemporaryFolder.make();
    const working = await launcher(folder.join("browser"));
    assert.equal(await openInBrowser(new URL(url), [working]), false);
    await assert.rejects(Deno.stat(folder.join("browser.log")));
  });
}
