import assert from "node:assert/strict";
import { parseTarget } from "../../scripts/compile/targets.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { programName } from "../../scripts/release/artifacts.ts";
import { writeSums } from "../../scripts/release/sums.ts";
import {
  install,
  INSTALLER,
  NAME,
  prepare,
  run,
  SETTINGS,
  stub,
} from "../support/installer.ts";
import { listing } from "../support/temporary_folder.ts";

const PROVISION = fromRoot("scripts/provision");

Deno.test("install.sh puts program, units, settings and user into a disk image, but no key", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  const image = folder.join("image");
  // An older installation may have left it closed to the service.
  await Deno.mkdir(`${image}/etc/standcloud`, { mode: 0o700 });
  const ca = await folder.write("ca", "-----BEGIN CERTIFICATE-----\n");
  const { code, stderr, asked } = await install(
    folder,
    ...[...SETTINGS, "--ca-file", ca, program],
  );
  assert.deepEqual([code, stderr], [0, ""]);
  const before = await listing(image);
  assert.deepEqual(
    before.filter((line) => /standcloud/.test(line)).sort(),
    [
      "644 etc/standcloud/ca.pem",
      "644 etc/standcloud/environment",
      "644 etc/systemd/system/standcloud-key.service",
      "644 etc/systemd/system/standcloud-upload.service",
      "755 etc/standcloud",
      "755 usr/local/bin/standcloud",
      "755 usr/local/bin/standcloud-service",
    ],
  );
  assert.equal(
    await Deno.readTextFile(`${image}/etc/standcloud/environment`),
    'STANDCLOUD_ADDRESS="127.0.0.1:8443"\nSTANDCLOUD_WATCH="/home/a/my tests"\n' +
      "STANDCLOUD_CA_FILE=/etc/standcloud/ca.pem\n",
  );
  assert.deepEqual(asked, [
    `groupadd --system --prefix=${image} standcloud`,
    `useradd --system --prefix=${image} --gid standcloud ` +
    "--home-dir /var/lib/standcloud --shell /usr/sbin/nologin standcloud",
    `systemctl --root=${image} enable --quiet standcloud-upload.service`,
  ]);

  // A user without the group, as some systems make it.
  await folder.write(
    "image/etc/passwd",
    "standcloud:x:999:100::/:/bin/false\n",
  );
  const again = await install(folder, ...SETTINGS, program);
  assert.equal(again.code, 0);
  assert.deepEqual(again.asked.map((line) => line.split(" ")[0]), [
    "groupadd",
    "systemctl",
  ]);
});

Deno.test("install.sh changes nothing where systemd is too old, and starts the service where it is not", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  // Nothing of this machine is changed, whatever the installer does.
  for (const name of ["install", "mv", "rm"]) await stub(folder, name, "");
  await stub(folder, "systemctl", "echo 'systemd 245 (245.4)'");
  const old = await run(folder, INSTALLER, ...SETTINGS, program);
  assert.equal(old.code, 2);
  assert.match(old.stderr, /systemd 247 or newer is needed, here is 245/);
  assert.deepEqual(
    old.asked.filter((line) => !/^(id|systemctl (--v|is-))/.test(line)),
    [],
  );

  await stub(folder, "systemctl", "echo 'systemd 247 (247.3)'");
  const { code, stderr, asked } = await run(
    folder,
    INSTALLER,
    ...SETTINGS,
    program,
  );
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^warning: there is no folder \/home\/a\/my tests yet\n$/,
  );
  assert.deepEqual(asked.slice(-3), [
    "systemctl daemon-reload",
    "systemctl enable --quiet standcloud-upload.service",
    "systemctl restart standcloud-upload.service",
  ]);
});

Deno.test("install.sh takes the one program that SHA256SUMS names for this machine", async () => {
  await using folder = await prepare();
  for (const name of ["install", "mv", "rm"]) await stub(folder, name, "");
  const copied = folder.join("release", "provision");
  await new Deno.Command("cp", { args: ["-r", PROVISION, copied] }).output();
  const script = "release/provision/install.sh";
  const other = programName("9.9.10", parseTarget());
  await folder.write(`release/${other}`, "exit 1\n");
  const one = await run(folder, folder.join(script), ...SETTINGS);
  assert.equal(one.code, 0);
  assert.ok(one.asked.some((line) => line.includes(`/${NAME} /usr/local/bin`)));

  await writeSums(folder.join("release"), [NAME, other]);
  const two = await run(folder, folder.join(script), ...SETTINGS);
  assert.equal(two.code, 2);
  assert.match(
    two.stderr,
    /several programs, name one: \S+9\.9\.\S+ \S+9\.9\./,
  );

  const image = await run(
    folder,
    ...[folder.join(script), "--root", folder.join("image"), ...SETTINGS],
  );
  assert.equal(image.code, 2);
  assert.match(image.stderr, /name the PROGRAM for the image/);
});

Deno.test("install.sh installs no program that is not what SHA256SUMS says", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  await Deno.writeTextFile(program, "\n", { append: true });
  const changed = await install(folder, ...SETTINGS, program);
  assert.equal(changed.code, 1);
  assert.match(changed.stderr, /is not the file that SHA256SUMS names/);

  const stranger = folder.join("release", "standcloud");
  await Deno.copyFile(program, stranger);
  const unknown = await install(folder, ...SETTINGS, stranger);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /standcloud is not in SHA256SUMS/);
  assert.deepEqual(await listing(folder.join("image")), ["755 etc"]);
});

Deno.test("install.sh checks the program that it installs, whatever CDPATH says", async () => {
  await using folder = await prepare();
  const release = folder.join("release");
  const same = folder.join("elsewhere/release");
  await Deno.mkdir(same, { recursive: true });
  for (const name of [NAME, "SHA256SUMS"]) {
    await Deno.copyFile(`${release}/${name}`, `${same}/${name}`);
  }
  const program = `release/${NAME}`;
  assert.equal((await install(folder, ...SETTINGS, program)).code, 0);
  await Deno.writeTextFile(`${release}/${NAME}`, "\n", { append: true });
  const { code, stderr } = await install(folder, ...SETTINGS, program);
  assert.equal(code, 1);
  assert.match(stderr, /is not the file that SHA256SUMS names/);
});

Deno.test("install.sh --uninstall leaves key and settings, --purge does not", async () => {
  await using folder = await prepare();
  const image = folder.join("image");
  const program = folder.join("release", NAME);
  assert.equal((await install(folder, ...SETTINGS, program)).code, 0);
  await folder.write("image/etc/standcloud/standcloud-key", "key");
  assert.equal((await install(folder, "--uninstall")).code, 0);
  const left = (await listing(image)).join("\n");
  assert.match(left, /standcloud-key/);
  assert.doesNotMatch(left, /bin\/standcloud|\.service/);

  await folder.write(
    "image/etc/passwd",
    "standcloud:x:999:999::/:/bin/false\n",
  );
  const { code, asked } = await install(folder, "--uninstall", "--purge");
  assert.equal(code, 0);
  assert.doesNotMatch((await listing(image)).join("\n"), /standcloud/);
  assert.equal(asked.at(-1), `userdel --prefix=${image} standcloud`);
});
