import assert from "node:assert/strict";
import {
  INSTALLER,
  NAME,
  prepare,
  run,
  SETTINGS,
  stub,
} from "../support/installer.ts";

// Nothing of this machine is changed: the commands that write are only recorded.
const WRITERS = ["install", "mv", "rm", "rmdir"];

Deno.test("install.sh seals the key of the stand where systemd finds a TPM", async () => {
  await using folder = await prepare();
  for (const name of WRITERS) await stub(folder, name, "");
  await stub(folder, "systemd-creds", "exit 0");
  const program = folder.join("release", NAME);
  const { code, asked } = await run(folder, INSTALLER, ...SETTINGS, program);
  assert.equal(code, 0);
  const units = "/etc/systemd/system";
  for (
    const path of [
      `${units}/standcloud-key.service.d/tpm2.conf`,
      `${units}/standcloud-upload.service.d/tpm2.conf`,
    ]
  ) assert.ok(asked.includes(`mv -f -- ${path}.new ${path}`), path);
  const lines = asked.join("\n");
  assert.doesNotMatch(lines, /keep-login\.service\.d/);
});

for (
  const [what, line] of [
    ["no TPM", "exit 1"],
    ["an older systemd, which cannot seal", "echo systemd 249"],
  ] as const
) {
  Deno.test(`install.sh leaves the key a file of root with ${what}`, async () => {
    await using folder = await prepare();
    for (const name of WRITERS) await stub(folder, name, "");
    if (line === "exit 1") await stub(folder, "systemd-creds", line);
    else await stub(folder, "systemctl", line);
    const program = folder.join("release", NAME);
    const { code, asked } = await run(folder, INSTALLER, ...SETTINGS, program);
    assert.equal(code, 0);
    assert.doesNotMatch(asked.join("\n"), /tpm2\.conf/);
  });
}

Deno.test("install.sh changes nothing where systemd does not run", async () => {
  await using folder = await prepare();
  for (const name of WRITERS) await stub(folder, name, "");
  const offline =
    'case $1 in --version) echo "systemd 252" ;; *) echo offline; exit 1 ;; esac';
  await stub(folder, "systemctl", offline);
  const program = folder.join("release", NAME);
  const { code, stderr, asked } = await run(
    folder,
    INSTALLER,
    ...SETTINGS,
    program,
  );
  assert.equal(code, 2);
  assert.match(stderr, /^error: systemd does not run here/m);
  assert.deepEqual(asked.filter((line) => !/^(id|systemctl)/.test(line)), []);

  await stub(folder, "systemctl", "exit 1");
  const removed = await run(folder, INSTALLER, "--uninstall");
  assert.deepEqual([removed.code, removed.stderr], [0, ""]);
});

Deno.test("install.sh --uninstall --purge removes the stamp of the timer and the sealed key's settings", async () => {
  await using folder = await prepare();
  await stub(folder, "systemctl", "");
  const image = folder.join("image");
  const units = `${image}/etc/systemd/system`;
  const stamps = `${image}/var/lib/systemd/timers`;
  await Deno.mkdir(stamps, { recursive: true });
  await Deno.writeTextFile(
    `${stamps}/stamp-standcloud-keep-login.timer`,
    "",
  );
  for (const name of ["key", "upload"]) {
    const drop = `${units}/standcloud-${name}.service.d`;
    await Deno.mkdir(drop, { recursive: true });
    await Deno.writeTextFile(`${drop}/tpm2.conf`, "");
    await Deno.writeTextFile(`${units}/standcloud-${name}.service`, "");
  }
  const own = `${units}/standcloud-upload.service.d/my.conf`;
  await Deno.writeTextFile(own, "");
  const args = ["--root", image, "--uninstall", "--purge"];
  const { code } = await run(folder, INSTALLER, ...args);
  assert.equal(code, 0);
  const left = await new Deno.Command("find", {
    args: [image, "-type", "f"],
  }).output();
  // What an administrator has added stays.
  assert.equal(new TextDecoder().decode(left.stdout).trim(), own);
});
