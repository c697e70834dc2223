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

interface System {
  readonly suite: string;
  readonly title: string;
  /** Packages beside the base. */
  readonly include?: string;
}

/** A whole other system in a folder, made by debootstrap; root alone can enter it. */
export async function inFolder(
  program: string,
  system: System,
): Promise<Place> {
  const { root, folder } = await systemFolder(system);
  await Deno.copyFile(program, join(folder, "program"));
  return {
    system: "linux-x64",
    name: `${system.title} in a folder (${await glibcOf(root)})`,
    folder,
    start: [...enter(root), "/standcloud/program"],
    inside: (name) => `/standcloud/${name}`,
  };
}

/** Wine 10 of Debian 13: that of Debian 12 lacks what V8 asks for. */
export async function underWine(program: string): Promise<Place> {
  const { root, folder } = await systemFolder({
    suite: "trixie",
    title: "Debian 13",
    include: "wine,wine64",
  });
  await Deno.copyFile(program, join(folder, "program.exe"));
  const name = await prepare([...enter(root), "wine", "--version"]);
  return {
    system: "windows-x64",
    name: `${name.trim()} of Debian 13`,
    folder,
    start: [...enter(root), "wine", "/standcloud/program.exe"],
    // Wine gives the files of this machine a drive of their own.
    inside: (name) => `Z:\\standcloud\\${name}`,
    env: { HOME: "/standcloud", WINEDEBUG: "-all", WINEPREFIX: "/wine" },
  };
}

/** The root of a system, made once, and an empty folder in it. */
async function systemFolder(
  { suite, include }: System,
): Promise<{ root: string; folder: string }> {
  const root = join(SYSTEMS_FOLDER, suite);
  if (!await exists(join(root, "standcloud"))) {
    // Debian has no key of Ubuntu's; what is unpacked runs in its folder alone.
    const trust = suite === "bionic" ? ["--no-check-gpg"] : [];
    const more = include === undefined ? [] : [`--include=${include}`];
    const flags = ["--variant=minbase", ...more, ...trust];
    await prepare(["debootstrap", ...flags, suite, root]);
  }
  const folder = join(root, "standcloud");
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder);
  return { root, folder };
}

/** Starts a command there. The program finds its bundle through /proc. */
function enter(root: string): readonly string[] {
  // The mounts end with the process.
  const script =
    'mount --bind /proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" "$@"';
  return ["unshare", "--mount", "sh", "-c", script, root];
}

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
