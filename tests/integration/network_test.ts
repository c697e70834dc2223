import assert from "node:assert/strict";
import { runFile } from "../support/runs.ts";
import { type BinaryOptions, runBinary } from "../support/run_binary.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const isLinux = Deno.build.os === "linux";

/** Commands that need no StandCloud. */
const OFFLINE: readonly string[][] = [
  ["--version"],
  ["--version", "--json"],
  ["--help"],
  ["upload", "--help"],
  ["completions", "bash"],
  ["__complete", "="],
  ["validate", runFile("minimum.jsonloader")],
  ["validate", "--list-rules"],
  ["show", runFile("minimum.jsonloader")],
  ["status"],
  ["history"],
  ["key"],
  ["upload", "--dry-run", runFile("minimum.jsonloader")],
];

/** Commands that talk to the address. */
const ONLINE: readonly string[][] = [
  ["sc-login", "--check"],
  ["status", "--online"],
  ["upload", runFile("minimum.jsonloader")],
  ["upload", "--force", runFile("minimum.jsonloader")],
  ["runs", "list"],
  ["doctor"],
  ["sc-logout"],
];

function options(stage: Stage): BinaryOptions {
  return {
    home: stage.home,
    env: {
      STANDCLOUD_ADDRESS: stage.sandbox.address,
      STANDCLOUD_CA_FILE: stage.sandbox.caFile,
      PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
    },
  };
}

/** Where the program connected or sent to, as strace tells it, and how it ended. */
async function destinations(
  stage: Stage,
  args: readonly string[],
): Promise<{ code: number; found: string[] }> {
  const log = stage.folder.join("strace");
  const { code } = await runBinary(args, {
    ...options(stage),
    shell:
      `exec strace -f -qq -e trace=connect,sendto,sendmsg,sendmmsg -o '${log}' -- "$@"`,
  });
  const text = await Deno.readTextFile(log);
  const found = text.split("\n")
    .filter((line) => /\bsa_family=AF_(?:INET6?|NETLINK|PACKET)/.test(line))
    .map((line) => {
      const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1];
      const host = /inet_(?:addr|pton)\((?:AF_INET6, )?"([^"]+)"/.exec(line)
        ?.[1];
      return `${host}:${port}`;
    });
  // To port 0 nothing is sent: the C library asks which route it would take.
  const sent = found.filter((one) => !one.endsWith(":0"));
  return { code, found: [...new Set(sent)] };
}

Deno.test({
  name: "commands that need no StandCloud make no socket of the internet",
  ignore: !isLinux,
  fn: async () => {
    await using stage = await setLoggedInStage();
    for (const args of OFFLINE) {
      const { code, found } = await destinations(stage, args);
      assert.deepEqual([args, code, found], [args, 0, []]);
    }
  },
});

Deno.test({
  name:
    "commands that talk to StandCloud reach the address that was given, and no other",
  ignore: !isLinux,
  fn: async () => {
    await using stage = await setLoggedInStage();
    for (const args of ONLINE) {
      const { code, found } = await destinations(stage, args);
      const expected = [stage.sandbox.address];
      assert.deepEqual([args, code, found], [args, 0, expected]);
    }
  },
});

Deno.test({
  name: "destinations() sees an address that is not the sandbox's",
  ignore: !isLinux,
  fn: async () => {
    await using stage = await setLoggedInStage();
    const args = ["sc-login", "--check", "127.0.0.2:9"];
    const env = { STANDCLOUD_API_KEY: "key" };
    const log = stage.folder.join("strace");
    await runBinary(args, {
      ...options(stage),
      env: { ...options(stage).env, ...env },
      shell: `exec strace -f -qq -e trace=connect -o '${log}' -- "$@"`,
    });
    assert.match(await Deno.readTextFile(log), /127\.0\.0\.2/);
  },
});

Deno.test({
  name:
    "commands that need no StandCloud work in a namespace without a network",
  ignore: !isLinux,
  fn: async () => {
    await using stage = await setLoggedInStage();
    for (const args of OFFLINE) {
      const { code, stderr } = await runBinary(args, {
        ...options(stage),
        shell: `exec unshare --net --map-root-user -- "$@"`,
      });
      assert.deepEqual([args, code], [args, 0], stderr);
    }
  },
});
