import assert from "node:assert/strict";
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

Deno.test("install.sh refuses an address and authorities that the service could never use", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  const noPem = await folder.write("notes.txt", "nothing");
  const refusals: [string[], RegExp][] = [
    [["--address", "demo.standcloud.io/path"], /--address wants a StandCloud/],
    [["--address", "https://demo.standcloud.io/x/"], /--address wants a Stand/],
    [["--ca-file", noPem], /holds no certificate in PEM form: .*notes\.txt/],
  ];
  for (const [flags, message] of refusals) {
    const args = [...SETTINGS, ...flags, program];
    const { code, stderr } = await install(folder, ...args);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  }
  const { code, stderr } = await install(
    folder,
    ...SETTINGS,
    ...["--address", "https://demo.standcloud.io/"],
    program,
  );
  assert.equal(code, 0, stderr);
});

Deno.test("install.sh --help says how it is called, and does nothing", async () => {
  const command = new Deno.Command("sh", { args: [INSTALLER, "--help"] });
  const { code, stdout } = await command.output();
  assert.equal(code, 0);
  const help = new TextDecoder().decode(stdout);
  assert.match(
    help,
    /^Installs standcloud [^.]*:\n\n {2}sh install\.sh --address/,
  );
  assert.match(help, /"Log a stand in"\.\n$/);
});

Deno.test("install.sh neither takes nor deletes the account or group of a person", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  const line = "standcloud:x:1000:1000::/home/standcloud:/bin/bash";
  const refused = async (...args: string[]) => {
    const { code, stderr, asked } = await run(folder, INSTALLER, ...args);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /standcloud is no system account or group \(\w+: 1000\)/,
    );
    assert.deepEqual(
      asked.filter((line) => !/^(id|getent|systemctl (--v|is-))/.test(line)),
      [],
    );
  };
  // Nothing of this machine is changed, whatever the installer does.
  for (const name of ["install", "mv", "rm"]) await stub(folder, name, "");
  await stub(folder, "getent", `echo ${line}`);
  await refused(...SETTINGS, program);
  await refused("--uninstall", "--purge");

  await folder.write("image/etc/passwd", `${line}\n`);
  const image = ["--root", folder.join("image")];
  await refused(...image, ...SETTINGS, program);
  await refused(...image, "--uninstall", "--purge");

  await Deno.remove(folder.join("image/etc/passwd"));
  await folder.write("image/etc/group", "standcloud:x:1000:alice\n");
  await refused(...image, ...SETTINGS, program);
  await refused(...image, "--uninstall", "--purge");
});

Deno.test("install.sh says when the service may not read the folder that it watches", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  for (const name of ["install", "mv", "rm"]) await stub(folder, name, "");
  const watch = "/usr";
  const installed = () =>
    run(folder, INSTALLER, "--address", "a", "--watch", watch, program);

  await stub(folder, "runuser", "exit 1");
  const closed = await installed();
  assert.equal(closed.code, 0);
  assert.match(
    closed.stderr,
    /^warning: the service may not read \/usr:/,
  );

  await stub(folder, "runuser", 'shift 3; exec "$@"');
  const open = await installed();
  assert.deepEqual([open.code, open.stderr], [0, ""]);
  assert.ok(
    open.asked.some((line) => line.startsWith("runuser -u standcloud")),
  );
});

Deno.test("install.sh names what is missing or cannot be", async () => {
  await using folder = await prepare();
  const program = folder.join("release", NAME);
  for (
    const [args, message] of [
      [[program], /--address is missing/],
      [["--address", "a.example", program], /--watch is missing/],
      [["--watch"], /--watch wants a value/],
      [["--address", "--watch", "/x", program], /--address wants a value/],
      [["--purge"], /--purge goes with --uninstall/],
      [[...SETTINGS, "--purge", program], /--purge goes with --uninstall/],
      [["--address", "a", "--watch", "/tmp/x", program], /never sees \/tmp\/x/],
      [["--address", "a", "--watch", "/tmp", program], /never sees \/tmp/],
      [
        ["--address", "a", "--watch", "/x/../var//tmp/y", program],
        /never sees/,
      ],
      [["--nonsense"], /unknown flag --nonsense/],
      [["--address", "ftp://a", "--watch", "/x", program], /like demo/],
      [["--address", "http://a", "--watch", "/x", program], /like demo/],
      [["--address", "not one", "--watch", "/x", program], /like demo/],
      [["--address", "-v", "--watch", "/x", program], /like demo/],
      [["--address", 'a"b', "--watch", "/x", program], /no quotes/],
      [["--address", "a", "--watch", "/x\ny", program], /line breaks/],
      [["--address", "a", "--watch", "tests", program], /a path from the root/],
      [[...SETTINGS, "--ca-file", "/none", program], /\/none is no file/],
      [[...SETTINGS, "--ca-file", "/etc", program], /\/etc is no file/],
    ] as const
  ) {
    const { code, stderr } = await install(folder, ...args);
    assert.equal(code, 2);
    assert.match(stderr, message);
  }
  assert.deepEqual(await listing(folder.join("image")), ["755 etc"]);
});
