import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";

Deno.test("standcloud-upload.service runs what install.sh installs, ends gently and starts again", async () => {
  const path = fromRoot("scripts/provision/standcloud-upload.service");
  const unit = await Deno.readTextFile(path);
  for (
    const line of [
      "Type=exec",
      "Restart=always",
      "RestartSec=30",
      "SuccessExitStatus=130 143",
      "StateDirectory=standcloud",
      "LoadCredential=standcloud-key:/etc/standcloud/standcloud-key",
      "EnvironmentFile=/etc/standcloud/environment",
      "EnvironmentFile=-/etc/standcloud/environment.local",
      "Environment=STANDCLOUD_HOME=/var/lib/standcloud",
      "ProtectSystem=strict",
      "NoNewPrivileges=yes",
      "Wants=network-online.target standcloud-key.service",
      "After=network-online.target standcloud-key.service",
    ]
  ) assert.ok(unit.split("\n").includes(line), line);
  const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
  // `--timeout` of upload is 20 by default.
  assert.ok(seconds >= 60, `${seconds}`);
  // V8 makes code at run time.
  assert.doesNotMatch(unit, /MemoryDenyWriteExecute/);
});

Deno.test("standcloud-key.service makes the key where there is none, whole or not at all", async () => {
  const path = fromRoot("scripts/provision/standcloud-key.service");
  const unit = await Deno.readTextFile(path);
  assert.match(
    unit,
    /^ConditionFileNotEmpty=!\/etc\/standcloud\/standcloud-key$/m,
  );
  const home = /^Environment=STANDCLOUD_HOME=(.*)$/m.exec(unit)?.[1] ?? "";
  assert.deepEqual(unit.match(/(?<=^ExecStart=).*$/gm), [
    "/usr/local/bin/standcloud key",
    `mv -f ${home}/key.txt /etc/standcloud/standcloud-key`,
    `rm -r ${home}`,
  ]);
  // Of the same file system: moving is one step.
  assert.match(home, /^\/etc\/standcloud\//);
});

Deno.test("whoever logs a stand in has the settings of the service", async () => {
  for (
    const path of [
      "docs/rollout.md",
      "scripts/provision/ansible/tasks/main.yml",
      "scripts/release/try_service.ts",
    ]
  ) {
    const text = await Deno.readTextFile(fromRoot(path));
    for (
      const setting of [
        "-p LoadCredential=standcloud-key:/etc/standcloud/standcloud-key",
        "-p EnvironmentFile=/etc/standcloud/environment",
        "-p EnvironmentFile=-/etc/standcloud/environment.local",
      ]
    ) assert.ok(text.includes(setting), `${path}: ${setting}`);
  }
});
