import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { readKernelFile } from "../support/kernel_file.ts";
import { startBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const ENV = {
  STANDCLOUD_ADDRESS: "127.0.0.1:9",
  STANDCLOUD_API_KEY: "the-key",
};

const SIGINT_BIT = 2n;

const pause = (milliseconds: number) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until a process catches Ctrl-C, and a little longer. */
async function catchesInterrupt(pid: number): Promise<void> {
  for (let caught = 0n; (caught & SIGINT_BIT) === 0n; await pause(10)) {
    const status = await readKernelFile(`/proc/${pid}/status`);
    caught = BigInt(`0x${/^SigCgt:\s*(\w+)$/m.exec(status)?.[1] ?? "0"}`);
  }
  await pause(500);
}

for (
  const args of [
    ["upload", "-"],
    ["upload", "--dry-run", "/dev/stdin"],
    ["validate", "-"],
    ["show", "-"],
    ["sc-login", "--api-key-file", "-"],
  ]
) {
  Deno.test({
    name: `${args.join(" ")} ends at the first Ctrl-C while stdin does not`,
    ignore: Deno.build.os !== "linux",
    async fn() {
      await using folder = await TemporaryFolder.make();
      const pipe = folder.join("pipe");
      await new Deno.Command("mkfifo", { args: [pipe] }).output();
      const program = await startBinary(args, {
        home: folder.join("home"),
        env: ENV,
        // Opened for both, it never ends.
        shell: `exec "$@" 0<>"${pipe}"`,
      });
      await catchesInterrupt(program.pid);
      const start = performance.now();
      program.kill("SIGINT");
      const { code, stderr } = await program.result;

      ok(performance.now() - start < 5000);
      equal(code, 130);
      match(stderr, /^(?:note: .*\n)?error: Interrupted\n$/);
    },
  });
}
