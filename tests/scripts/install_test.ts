import assert from "node:assert/strict";
import { parseTarget } from "../../scripts/compile/targets.ts";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { programName } from "../../scripts/release/artifacts.ts";
import { writeSums } from "../../scripts/release/sums.ts";
import { listing, TemporaryFolder } from "../support/temporary_folder.ts";

const INSTALLER = fromRoot("scripts/provision/install.sh");
const NAME = programName("9.9.9", parseTarget());

/** A release with the compiled program, and an empty disk image. */
async function prepare(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  await Deno.mkdir(folder.join("release"));
  await Deno.mkdir(folder.join("image"));
  await Deno.copyFile(await compiledBinary(), folder.join("release", NAME));
  await writeSums(folder.join("release"), [NAME]);
  return folder;
}

async function install(
  folder: TemporaryFolder,
  ...args: string[]
): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command("sh", {
    args: [INSTALLER, "--root", folder.join("image"), ...args],
    stdin: "null",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

const settings = ["--address", "127.0.0.1:8443", "--watch", "/home/a/my tests"];

Deno.test("install.sh puts program, unit, settings and key in place, and leaves the key when run again", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  assert.deepEqual(
    await install(folder, ...settings, program),
    { code: 0, stderr: "" },
  );
  const image = folder.join("image");
  const before = await listing(image);
  const files = before.filter((line) =>
    !/^\d+ [^.]*$/.test(line) || /key$|environment$|bin\/standcloud$/.test(line)
  );
  assert.deepEqual(files.sort(), [
    "600 etc/standcloud/standcloud-key",
    "644 etc/standcloud/environment",
    "644 etc/systemd/system/standcloud-upload.service",
    "755 usr/local/bin/standcloud",
  ]);
  const read = (path: string) => Deno.readTextFile(`${image}/${path}`);
  const key = await read("etc/standcloud/standcloud-key");
  assert.match(key, /^AGE-SECRET-KEY-/m);
  assert.equal(
    await read("etc/standcloud/environment"),
    'STANDCLOUD_ADDRESS="127.0.0.1:8443"\nSTANDCLOUD_WATCH="/home/a/my tests"\n',
  );

  assert.equal((await install(folder, ...settings, program)).code, 0);
  assert.deepEqual(await listing(image), before);
  assert.equal(await read("etc/standcloud/standcloud-key"), key);
});

Deno.test("install.sh installs no program that is not what SHA256SUMS says", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  await Deno.writeTextFile(program, "\n", { append: true });
  const changed = await install(folder, ...settings, program);
  assert.equal(changed.code, 1);
  assert.match(changed.stderr, /is not the file that SHA256SUMS names/);

  const stranger = folder.join("release", "standcloud");
  await Deno.copyFile(program, stranger);
  const unknown = await install(folder, ...settings, stranger);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /standcloud is not in SHA256SUMS/);
  assert.deepEqual(await listing(folder.join("image")), []);
});

Deno.test("install.sh --uninstall leaves key and settings, --purge does not", async () => {
  await using folder = await prepare();
  const image = folder.join("image");
  const program = folder.join("release", NAME);
  assert.equal((await install(folder, ...settings, program)).code, 0);
  assert.equal((await install(folder, "--uninstall")).code, 0);
  const left = (await listing(image)).join("\n");
  assert.match(left, /standcloud-key/);
  assert.doesNotMatch(left, /bin\/standcloud|upload\.service/);

  assert.equal((await install(folder, "--uninstall", "--purge")).code, 0);
  assert.doesNotMatch((await listing(image)).join("\n"), /standcloud/);
});

Deno.test("install.sh names what is missing or cannot be", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  for (
    const [args, message] of [
      [[program], /--address is missing/],
      [["--address", "a.example", program], /--watch is missing/],
      [["--watch"], /--watch wants a value/],
      [["--nonsense"], /unknown flag --nonsense/],
      [["--address", 'a"b', "--watch", "/x", program], /no quotes/],
    ] as const
  ) {
    const { code, stderr } = await install(folder, ...args);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
});

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
      "Environment=STANDCLOUD_HOME=/var/lib/standcloud",
      "ProtectSystem=strict",
      "NoNewPrivileges=yes",
    ]
  ) assert.ok(unit.split("\n").includes(line), line);
  const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]);
  // `--timeout` of upload is 20 by default.
  assert.ok(seconds >= 60, `${seconds}`);
  // V8 makes code at run time.
  assert.doesNotMatch(unit, /MemoryDenyWriteExecute/);
});
