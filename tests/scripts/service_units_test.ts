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
      "MemoryMax=1G",
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

Deno.test("standcloud-service has the user, the key and the settings of the service", async () => {
  const unit = await Deno.readTextFile(
    fromRoot("scripts/provision/standcloud-upload.service"),
  );
  const wrapper = await Deno.readTextFile(
    fromRoot("scripts/provision/standcloud-service"),
  );
  const names =
    /^(?:User|Group|UMask|LimitCORE|StateDirectory|StateDirectoryMode|EnvironmentFile)=.*$/gm;
  const settings = unit.match(names) ?? [];
  assert.equal(settings.length, 8);
  for (const setting of settings) {
    assert.match(wrapper, new RegExp(`-p ${RegExp.escape(setting)}\\s`));
  }
  assert.match(wrapper, /-E STANDCLOUD_HOME=\/var\/lib\/standcloud /);
});

Deno.test("systemd-analyze gives every service an exposure of at most 2.0 (duty 58)", async () => {
  for (const name of ["upload", "keep-login", "key"]) {
    const { success, stdout } = await new Deno.Command("systemd-analyze", {
      args: [
        ...["security", "--offline=yes", "--no-pager", "--threshold=20"],
        fromRoot(`scripts/provision/standcloud-${name}.service`),
      ],
    }).output();
    const last = new TextDecoder().decode(stdout).trimEnd().split("\n").at(-1);
    assert.ok(success, last);
  }
});

Deno.test("no service of the stand writes a memory image (duty 58)", async () => {
  for (const name of ["upload", "keep-login", "key"]) {
    const path = fromRoot(`scripts/provision/standcloud-${name}.service`);
    assert.match(await Deno.readTextFile(path), /^LimitCORE=0$/m);
  }
});
