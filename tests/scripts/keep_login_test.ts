import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import {
  install,
  INSTALLER,
  NAME,
  prepare,
  run,
  SETTINGS,
  stub,
} from "../support/installer.ts";
import { listing, type TemporaryFolder } from "../support/temporary_folder.ts";

const ADDRESS = ["--address", "127.0.0.1:8443"];
const read = (path: string) => Deno.readTextFile(fromRoot(path));

/** What of ours is in the folder of the units. */
async function units(folder: TemporaryFolder): Promise<string[]> {
  const lines = await listing(folder.join("image/etc/systemd/system"));
  return lines.map((line) => line.replace(/^\d+ standcloud-/, "")).sort();
}

Deno.test("install.sh --keep-login adds a timer to the service, and takes it away when it is not asked for any more", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  const both = await install(folder, ...SETTINGS, "--keep-login", program);
  assert.deepEqual([both.code, both.stderr], [0, ""]);
  assert.deepEqual(await units(folder), [
    "keep-login.service",
    "keep-login.timer",
    "key.service",
    "upload.service",
  ]);
  const image = folder.join("image");
  assert.deepEqual(both.asked.slice(-2), [
    `systemctl --root=${image} enable --quiet standcloud-upload.service`,
    `systemctl --root=${image} enable --quiet standcloud-keep-login.timer`,
  ]);

  const one = await install(folder, ...SETTINGS, program);
  assert.equal(one.code, 0);
  assert.deepEqual(await units(folder), ["key.service", "upload.service"]);
  assert.ok(one.asked.includes(
    `systemctl --root=${image} disable --quiet standcloud-keep-login.timer`,
  ));
});

Deno.test("install.sh --keep-login without --watch installs the timer alone, for the address that was given", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  assert.equal((await install(folder, ...SETTINGS, program)).code, 0);
  const { code } = await install(folder, ...ADDRESS, "--keep-login", program);
  assert.equal(code, 0);
  assert.deepEqual(await units(folder), [
    "keep-login.service",
    "keep-login.timer",
    "key.service",
  ]);
  assert.equal(
    await Deno.readTextFile(folder.join("image/etc/standcloud/environment")),
    'STANDCLOUD_ADDRESS="127.0.0.1:8443"\n',
  );
});

Deno.test("install.sh starts the timer, and makes the key that a login needs", async () => {
  await using folder = await prepare();
  // Nothing of this machine is changed, whatever the installer does.
  for (const name of ["install", "mv", "rm"]) await stub(folder, name, "");
  await stub(folder, "systemctl", "echo 'systemd 247 (247.3)'");
  const program = folder.join("release", NAME);
  const args = [...ADDRESS, "--keep-login", program];
  const { code, asked } = await run(folder, INSTALLER, ...args);
  assert.equal(code, 0);
  assert.deepEqual(asked.slice(-4), [
    "systemctl daemon-reload",
    "systemctl start standcloud-key.service",
    "systemctl enable --quiet standcloud-keep-login.timer",
    "systemctl restart standcloud-keep-login.timer",
  ]);
});

Deno.test("install.sh --uninstall takes the timer away", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  const args = [...ADDRESS, "--keep-login", program];
  assert.equal((await install(folder, ...args)).code, 0);
  assert.equal((await install(folder, "--uninstall")).code, 0);
  assert.deepEqual(await units(folder), []);
});

Deno.test("install.sh wants a folder to watch, or a login to keep", async () => {
  await using folder = await prepare();
  const { code, stderr } = await install(folder, ...ADDRESS);
  assert.deepEqual(
    [code, stderr],
    [2, "error: --watch is missing, or --keep-login\n"],
  );
});

Deno.test("standcloud-keep-login runs the check as the service does, often enough and soon after a sleep", async () => {
  const service = await read("scripts/provision/standcloud-keep-login.service");
  const upload = await read("scripts/provision/standcloud-upload.service");
  assert.match(
    service,
    /^ExecStart=\/usr\/local\/bin\/standcloud sc-login --check --no-input$/m,
  );
  assert.match(service, /^Type=oneshot$/m);
  const own =
    /^(?:User|Group|EnvironmentFile|Environment|LoadCredential|StateDirectory|Wants|After)\w*=.*$/gm;
  assert.deepEqual(service.match(own), upload.match(own));

  const timer = await read("scripts/provision/standcloud-keep-login.timer");
  const minutes = Number(/^OnCalendar=\*:0\/(\d+)$/m.exec(timer)?.[1]);
  const delay = Number(/^RandomizedDelaySec=(\d+)min$/m.exec(timer)?.[1]);
  // Before half of the access token's hour, and long before the refresh token's 90 minutes.
  assert.ok(delay > 0 && minutes + delay <= 30, `${minutes} ${delay}`);
  assert.match(timer, /^Persistent=yes$/m);
  assert.match(timer, /^WantedBy=timers\.target$/m);
});

Deno.test("install.ps1 -KeepLogin registers the check of the address each 20 minutes, and takes both tasks away again", async () => {
  const script = await read("scripts/provision/install.ps1");
  assert.match(script, /^ {2}\[switch\]\$KeepLogin,$/m);
  assert.match(script, /-Argument "sc-login --check --no-input \$Address"/);
  assert.match(script, /-RepetitionInterval \(New-TimeSpan -Minutes 20\)/);
  assert.match(script, /-RandomDelay \(New-TimeSpan -Minutes 5\)/);
  assert.match(script, /-StartWhenAvailable/);
  for (const task of ["uploadTask", "loginTask"]) {
    assert.match(script, new RegExp(`^ {2}Remove-Task \\$${task}$`, "m"));
    assert.match(
      script,
      new RegExp(`else \\{ Remove-Task \\$${task} \\}$`, "m"),
    );
  }
});

Deno.test("docs/rollout.md names the flag that keeps a login, for each system", async () => {
  const text = await read("docs/rollout.md");
  for (const name of ["--keep-login", "-KeepLogin", "standcloud_keep_login"]) {
    assert.ok(text.includes(name), name);
  }
});
