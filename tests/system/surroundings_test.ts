import assert from "node:assert/strict";
import type { Platform } from "../../src/system/paths.ts";
import { surroundingsOf } from "../../src/system/surroundings.ts";
import { fakeEnvironment, type Variables } from "./fake_system.ts";

const screen = { DISPLAY: ":0" };
const ssh = { "SSH_CONNECTION": "10.0.0.9 51000 10.0.0.5 22" };

const cases: [
  what: string,
  platform: Platform,
  variables: Variables,
  expected: string | undefined,
][] = [
  ["a desktop", "linux", screen, undefined],
  ["a Wayland desktop", "linux", { "WAYLAND_DISPLAY": "w" }, undefined],
  ["a Mac", "darwin", {}, undefined],
  ["Windows", "windows", {}, undefined],
  ["WSL", "linux", { "WSL_DISTRO_NAME": "Ubuntu" }, undefined],
  ["VS Code in WSL", "linux", {
    "WSL_DISTRO_NAME": "Ubuntu",
    "VSCODE_IPC_HOOK_CLI": "/run/x",
  }, undefined],
  ["a chosen browser", "linux", { BROWSER: "firefox" }, undefined],
  ["a server", "linux", {}, "there is no screen"],
  ["SSH", "linux", ssh, "this is an SSH session"],
  [
    "SSH to a desktop",
    "linux",
    { ...ssh, ...screen },
    "this is an SSH session",
  ],
  ["SSH to a Mac", "darwin", ssh, "this is an SSH session"],
  ["SSH to Windows", "windows", ssh, "this is an SSH session"],
  ["a terminal of SSH", "linux", {
    "SSH_TTY": "/dev/pts/1",
    ...screen,
  }, "this is an SSH session"],
  ["a codespace", "linux", { CODESPACES: "true" }, "this is a codespace"],
  ["a dev container", "linux", {
    "REMOTE_CONTAINERS": "true",
    BROWSER: "/vscode/browser.sh",
  }, "this is a remote VS Code"],
  ["a remote VS Code", "linux", {
    "VSCODE_IPC_HOOK_CLI": "/run/x",
  }, "this is a remote VS Code"],
  [
    "podman",
    "linux",
    { container: "podman" },
    "this is a container without a screen",
  ],
  [
    "Kubernetes",
    "linux",
    { "KUBERNETES_SERVICE_HOST": "10.0.0.1" },
    "this is a container without a screen",
  ],
  [
    "a container with a screen",
    "linux",
    { container: "podman", ...screen },
    undefined,
  ],
  ["a text browser", "linux", {
    BROWSER: "w3m",
    ...screen,
  }, "BROWSER is a text browser"],
];

for (const [what, platform, variables, expected] of cases) {
  const says = expected ?? "a browser can be seen";
  Deno.test(`surroundingsOf() knows ${what}: ${says}`, async () => {
    const { withoutBrowser } = await surroundingsOf(
      fakeEnvironment(variables),
      platform,
      () => Promise.resolve(false),
    );
    assert.equal(withoutBrowser, expected);
  });
}

for (const file of ["/.dockerenv", "/run/.containerenv"]) {
  Deno.test(`surroundingsOf() knows a container by ${file}`, async () => {
    const exists = (path: string) => Promise.resolve(path === file);
    assert.deepEqual(
      await surroundingsOf(fakeEnvironment({}), "linux", exists),
      {
        withoutBrowser: "this is a container without a screen",
        ssh: undefined,
      },
    );
  });
}

const targets: [variables: Variables, expected: unknown][] = [
  [{ ...ssh, USER: "operator" }, {
    user: "operator",
    host: "10.0.0.5",
    port: 22,
  }],
  [{ "SSH_CONNECTION": "::1 5 fe80::1%eth0 2222", USER: "op" }, {
    user: "op",
    host: "fe80::1%eth0",
    port: 2222,
  }],
  [{ ...ssh, USER: "$(id)" }, { user: "USER", host: "10.0.0.5", port: 22 }],
  [ssh, { user: "USER", host: "10.0.0.5", port: 22 }],
  [{ "SSH_CONNECTION": "1 2 $(id) 22" }, undefined],
  [{ "SSH_CONNECTION": "1 2 -oProxyCommand=x 22" }, undefined],
  [{}, undefined],
];

for (const [variables, expected] of targets) {
  Deno.test(`surroundingsOf() takes ${JSON.stringify(expected)} as the way to ${JSON.stringify(variables)}`, async () => {
    const { ssh } = await surroundingsOf(
      fakeEnvironment(variables),
      "linux",
      () => Promise.resolve(false),
    );
    assert.deepEqual(ssh, expected);
  });
}
