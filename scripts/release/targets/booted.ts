import { join } from "node:path";
import { exists, prepare, SYSTEMS_FOLDER } from "./place.ts";

/** A Debian 12 that has started with systemd, and forgets what is done to it. */
export interface Booted extends AsyncDisposable {
  /** Runs a command line of its shell as root. Throws with what it said where it fails. */
  run(command: string, input?: string): Promise<string>;
}

const PACKAGES = "systemd,systemd-sysv,dbus,procps,ca-certificates";

/** @param shared a folder of this machine, and where it is seen there. */
export async function bootDebian(
  shared: { readonly here: string; readonly there: string },
): Promise<Booted> {
  const root = join(SYSTEMS_FOLDER, "bookworm-systemd");
  if (!await exists(join(root, "usr/bin/ansible-playbook"))) {
    const flags = ["--variant=minbase", `--include=${PACKAGES}`];
    await prepare(["debootstrap", ...flags, "bookworm", root]);
    const apt = ["apt-get", "install", "-q", "-y", "--no-install-recommends"];
    await prepare(["chroot", root, ...apt, "ansible-core"]);
  }
  const container = new Deno.Command("systemd-nspawn", {
    args: [
      ...["--quiet", "--boot", "--volatile=overlay", "--register=no"],
      ...["--keep-unit", "--machine=standcloud-trial", "--directory", root],
      `--bind=${shared.here}:${shared.there}`,
    ],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const booted: Booted = {
    run: async (command, input = "") =>
      await enter(await leaderOf(container.pid), command, input),
    async [Symbol.asyncDispose]() {
      container.kill("SIGTERM");
      await container.status;
    },
  };
  const state = "systemctl is-system-running";
  await until(
    "Debian has started",
    async () => (await booted.run(state)).startsWith("running"),
  );
  return booted;
}

/** The first process of the container: the one child of who watches it. */
async function leaderOf(pid: number): Promise<string> {
  const children = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`);
  return children.trim();
}

/** Longer than anything here takes: a service is started again 30 s after it has ended. */
const PATIENCE_SECONDS = 60;

/** Waits until it is so; what it throws meanwhile means "not yet". */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let second = 0; second < PATIENCE_SECONDS; second++) {
    if (await Promise.try(isSo).catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${what}: not in ${PATIENCE_SECONDS} s`);
}

async function enter(
  leader: string,
  command: string,
  input: string,
): Promise<string> {
  const child = new Deno.Command("nsenter", {
    args: [
      ...["--target", leader, "--mount", "--uts", "--ipc", "--pid", "--cgroup"],
      ...["sh", "-c", `cd / && ${command}`],
    ],
    clearEnv: true,
    env: {
      HOME: "/root",
      "LC_ALL": "C.UTF-8",
      PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout);
  if (code === 0) return said;
  throw new Error(
    `exit ${code}: ${(said + new TextDecoder().decode(stderr)).slice(-800)}`,
  );
}
