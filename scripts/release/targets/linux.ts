import { join } from "node:path";
import { exists, type Place, prepare, SYSTEMS_FOLDER } from "./place.ts";

/** This machine itself. */
export async function thisMachine(program: string): Promise<Place> {
  const folder = await Deno.makeTempDir({ prefix: "standcloud-here-" });
  return {
    system: "linux-x64",
    name: `this machine (${await glibcOf("/")})`,
    folder,
    start: [program],
    inside: (name) => join(folder, name),
  };
}

/** A whole other system in a folder, made by debootstrap; root alone can enter it. */
export async function inFolder(
  program: string,
  { suite, title }: { suite: string; title: string },
): Promise<Place> {
  const root = join(SYSTEMS_FOLDER, suite);
  if (!await exists(join(root, "bin/true"))) {
    // Debian has no key of Ubuntu's; what is unpacked runs in its folder alone.
    const trust = suite === "bookworm" ? [] : ["--no-check-gpg"];
    await prepare(["debootstrap", "--variant=minbase", ...trust, suite, root]);
  }
  const folder = join(root, "standcloud");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder);
  await Deno.copyFile(program, join(folder, "program"));
  return {
    system: "linux-x64",
    name: `${title} in a folder (${await glibcOf(root)})`,
    folder,
    start: [
      "unshare",
      "--mount",
      "sh",
      "-c",
      ENTER,
      root,
      "/standcloud/program",
    ],
    inside: (name) => `/standcloud/${name}`,
  };
}

/** The program finds its bundle through /proc; the mount ends with the process. */
const ENTER = 'mount --bind /proc "$0/proc" && exec chroot "$0" "$@"';

async function glibcOf(root: string): Promise<string> {
  const [first = ""] =
    (await prepare(["chroot", root, "/usr/bin/ldd", "--version"]))
      .split("\n");
  return `glibc ${first.split(" ").at(-1)}`;
}

/** qemu-user, with Debian's C library for arm64 unpacked beside it. */
export async function arm64UnderQemu(program: string): Promise<Place> {
  const work = join(SYSTEMS_FOLDER, "arm64");
  const root = join(work, "root");
  if (!await exists(join(root, "lib/ld-linux-aarch64.so.1"))) {
    await unpackArm64Libraries(work, root);
  }
  const folder = await Deno.makeTempDir({ prefix: "standcloud-arm64-" });
  return {
    system: "linux-arm64",
    name: "qemu-user with Debian's libc6:arm64",
    folder,
    start: ["qemu-aarch64-static", "-L", root, program],
    inside: (name) => join(folder, name),
  };
}

/** With lists of its own, so that this machine's apt stays as it is. */
async function unpackArm64Libraries(work: string, root: string): Promise<void> {
  for (const name of ["lists/partial", "cache/archives/partial", "root"]) {
    await Deno.mkdir(join(work, name), { recursive: true });
  }
  const apt = [
    ...["sh", "-c", 'cd "$0" && exec apt-get "$@"', work],
    ...["-q", "-o", `Dir::State::lists=${work}/lists`],
    ...["-o", `Dir::Cache=${work}/cache`, "-o", "APT::Architecture=arm64"],
    ...["-o", "APT::Architectures=arm64", "-o", "APT::Sandbox::User=root"],
  ];
  await prepare([...apt, "update"]);
  await prepare([...apt, "download", "libc6", "libgcc-s1"]);
  for await (const { name } of Deno.readDir(work)) {
    if (name.endsWith(".deb")) {
      await prepare(["dpkg", "-x", join(work, name), root]);
    }
  }
}
