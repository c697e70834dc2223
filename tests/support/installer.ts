import { parseTarget } from "../../scripts/compile/targets.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { programName } from "../../scripts/release/artifacts.ts";
import { writeSums } from "../../scripts/release/sums.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

export const INSTALLER: string = fromRoot("scripts/provision/install.sh");
export const NAME: string = programName("9.9.9", parseTarget());
export const SETTINGS: readonly string[] = [
  ...["--address", "127.0.0.1:8443"],
  ...["--watch", "/home/a/my tests"],
];

/** What the installer asks of the system, written to `asked` in place of done. */
const STUBS = {
  groupadd: "",
  groupdel: "",
  useradd: "",
  userdel: "",
  getent: "exit 2",
  // As root, whoever runs the tests.
  id: "echo 0",
  systemctl: "echo systemd 252",
};

/** A release with a program, an empty disk image, and a system that does nothing. */
export async function prepare(): Promise<TemporaryFolder> {
  const folder = await TemporaryFolder.make();
  for (const name of ["release", "image", "image/etc", "stubs"]) {
    await Deno.mkdir(folder.join(name));
  }
  await folder.write(`release/${NAME}`, "exit 1\n");
  await writeSums(folder.join("release"), [NAME]);
  for (const [name, line] of Object.entries(STUBS)) {
    await stub(folder, name, line);
  }
  return folder;
}

export async function stub(
  folder: TemporaryFolder,
  name: string,
  line: string,
): Promise<void> {
  const text = `#!/bin/sh\necho "${name} $*" >>'${folder.join("asked")}'\n`;
  const path = await folder.write(`stubs/${name}`, `${text}${line}\n`);
  await Deno.chmod(path, 0o755);
}

interface Ran {
  readonly code: number;
  readonly stderr: string;
  readonly asked: readonly string[];
}

export async function run(
  folder: TemporaryFolder,
  script: string,
  ...args: string[]
): Promise<Ran> {
  await folder.write("asked", "");
  const { code, stderr } = await new Deno.Command("sh", {
    // The narrowest one that an administrator may have.
    args: ["-c", 'umask 077 && exec sh "$@"', "sh", script, ...args],
    env: {
      PATH: `${folder.join("stubs")}:${Deno.env.get("PATH")}`,
      CDPATH: folder.join("elsewhere"),
    },
    cwd: folder.path,
    stdin: "null",
  }).output();
  const asked = await Deno.readTextFile(folder.join("asked"));
  return {
    code,
    stderr: new TextDecoder().decode(stderr),
    asked: asked.split("\n").filter((line) => line !== ""),
  };
}

export const install = (
  folder: TemporaryFolder,
  ...args: string[]
): Promise<Ran> =>
  run(folder, INSTALLER, "--root", folder.join("image"), ...args);
