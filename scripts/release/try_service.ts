/**
 * Installs the released program on a Debian that has started with systemd, by
 * hand and with Ansible, and prints what the service did there: `sh
 * scripts/deno run -A scripts/release/try_service.ts [FOLDER]`. Wants root, and
 * Debian's debootstrap and systemd-container. FOLDER is a release (default: dist/).
 */
import { join } from "node:path";
import { programVersion } from "../compile/build_facts.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import type { Sandbox } from "../sandbox/types.ts";
import { programName, targetOf } from "./artifacts.ts";
import { bootDebian, type Booted, until } from "./targets/booted.ts";
import { prepare, SYSTEMS_FOLDER } from "./targets/place.ts";

const API_KEY = "key-of-the-trial";
const RUNS = "tests/testdata/runs/hardpy-0.22.1/";
const UNIT = "standcloud-upload";
const TIMER = "standcloud-keep-login";
const WATCH = "/srv/standcloud/runs";
/** As docs/rollout.md has it. */
const AS_SERVICE = "/usr/local/bin/standcloud-service";

interface Stand {
  readonly debian: Booted;
  readonly sandbox: Sandbox;
  /** Of this machine; the service watches it. */
  readonly runs: string;
}

type Step = readonly [name: string, run: (stand: Stand) => Promise<void>];

const install = (address: string) =>
  `sh /srv/standcloud/provision/install.sh --address ${address} ` +
  `--watch ${WATCH} --ca-file /srv/standcloud/ca.pem`;

const STEPS: readonly Step[] = [
  ["install.sh --root prepares a disk image, without a key", async (
    { debian, sandbox },
  ) => {
    await debian.run(
      "mkdir -p /tmp/image/etc && cp /etc/passwd /etc/group /tmp/image/etc && " +
        `${install(sandbox.address)} --root /tmp/image ` +
        "/srv/standcloud/standcloud-*-linux-x64",
    );
    await debian.run(
      "cd /tmp/image/etc && grep ^standcloud: passwd && " +
        `test -L systemd/system/multi-user.target.wants/${UNIT}.service && ` +
        "! test -e standcloud/standcloud-key && ! id standcloud",
    );
  }],
  ["install.sh", async ({ debian, sandbox }) => {
    await debian.run(install(sandbox.address));
  }],
  ["the service says that it is not logged in", async ({ debian }) => {
    const journal = `journalctl --unit ${UNIT} | grep "Not logged in"`;
    await until("it says so", async () => await debian.run(journal) !== "");
  }],
  ["sc-login of the service's user, with an API key", async ({ debian }) => {
    await debian.run(`${AS_SERVICE} sc-login --api-key-file -`, API_KEY);
  }],
  ["a run that HardPy leaves is uploaded", async (stand) => {
    await stand.debian.run(`systemctl restart ${UNIT}`);
    await arrives(stand, "sensor_board_passed.jsonloader.json");
  }],
  ["killed, the service comes back and uploads", async (stand) => {
    await stand.debian.run(`systemctl kill --signal KILL ${UNIT}`);
    await arrives(stand, "sensor_board_failed.jsonloader.json");
  }],
  ["stopped, it ends well", async ({ debian }) => {
    await debian.run(`systemctl stop ${UNIT}`);
    await debian.run(
      `systemctl show ${UNIT} --property Result | grep =success`,
    );
  }],
  ["install.sh again keeps key and login", async ({ debian, sandbox }) => {
    await debian.run(install(sandbox.address));
    await debian.run(`${AS_SERVICE} sc-login --check`);
    await debian.run(`systemctl is-active ${UNIT}`);
  }],
  ["install.sh --keep-login checks the login with a timer", async (
    { debian, sandbox },
  ) => {
    await debian.run(`${install(sandbox.address)} --keep-login`);
    await debian.run(`systemctl is-active ${UNIT} ${TIMER}.timer`);
    await debian.run(`systemctl start ${TIMER}.service`);
    await debian.run(
      `journalctl --unit ${TIMER} | grep "StandCloud connection success"`,
    );
  }],
  ["install.sh --uninstall --purge leaves nothing", async ({ debian }) => {
    const script = "/srv/standcloud/provision/install.sh";
    await debian.run(`sh ${script} --uninstall --purge`);
    const left = "/etc/standcloud /var/lib/standcloud /usr/local/bin/*";
    await debian.run(`! ls -d ${left} 2>/dev/null && ! id standcloud`);
    await debian.run(`! systemctl is-active ${UNIT} ${TIMER}.timer`);
  }],
  ["the Ansible role says with --check that it would install", async (
    { debian, sandbox },
  ) => {
    const said = await play(debian, sandbox, "--check");
    const changes = /Install the program and the service\].*\nchanged:/;
    if (!changes.test(said)) throw new Error(said.slice(-800));
    await debian.run("! ls /usr/local/bin/standcloud 2>/dev/null");
  }],
  ["the Ansible role installs and logs in", async ({ debian, sandbox }) => {
    await play(debian, sandbox);
    await debian.run(`${AS_SERVICE} sc-login --check`);
    const state = `systemctl is-active ${UNIT}`;
    await until("it runs", async () => await debian.run(state) !== "");
  }],
  ["the Ansible role changes nothing the second time", async (
    { debian, sandbox },
  ) => {
    const said = await play(debian, sandbox);
    if (!/ changed=0 /.test(said)) throw new Error(said.slice(-800));
  }],
];

function play(
  debian: Booted,
  { address }: Sandbox,
  flag = "",
): Promise<string> {
  const values = {
    "ansible_connection": "local",
    "ansible_python_interpreter": "/usr/bin/python3",
    "standcloud_address": address,
    "standcloud_watch": WATCH,
    "standcloud_ca_file": "/srv/standcloud/ca.pem",
    "standcloud_api_key": API_KEY,
  };
  return debian.run(
    "cd /srv/standcloud/provision/ansible && cat > /tmp/values.json && " +
      "printf '[stands]\\nlocalhost\\n' > /tmp/stands && " +
      `ansible-playbook ${flag} -i /tmp/stands -e @/tmp/values.json stands.yml`,
    JSON.stringify(values),
  );
}

async function arrives(
  { sandbox, runs }: Stand,
  name: string,
): Promise<void> {
  const count = sandbox.reports.length + 1;
  await Deno.copyFile(fromRoot(RUNS + name), join(runs, name));
  await until("it has arrived", () => sandbox.reports.length === count);
}

async function main([release = fromRoot("dist")]: string[]): Promise<void> {
  await Deno.mkdir(SYSTEMS_FOLDER, { recursive: true });
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  const here = await Deno.makeTempDir({ prefix: "standcloud-service-" });
  await Deno.chmod(here, 0o755);
  const program = programName(await programVersion(), targetOf("linux-x64"));
  const parts = ["SHA256SUMS", "standcloud.1", "provision", program];
  await prepare(["cp", "-r", ...parts.map((one) => join(release, one)), here]);
  await Deno.writeTextFile(join(here, "ca.pem"), sandbox.caPem);
  const runs = join(here, "runs");
  await Deno.mkdir(runs);
  await using debian = await bootDebian({ here, there: "/srv/standcloud" });
  const systemd = await debian.run("systemctl --version | head -1");
  say(`Debian 12 started with ${systemd.trim()}`);
  for (const [name, run] of STEPS) {
    await run({ debian, sandbox, runs });
    say(`  ran  ${name}`);
  }
  await Deno.remove(here, { recursive: true });
}

await main(Deno.args).catch(fail);
