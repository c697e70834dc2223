import { join } from "node:path";
import { startSandbox } from "../sandbox/sandbox.ts";
import { signIn } from "../sandbox/sign_in.ts";
import type { Sandbox } from "../sandbox/types.ts";
import { fromRoot } from "../compile/paths.ts";
import { type Fault, injection, SYSTEM_CALLS } from "./fault.ts";
import { type Ended, runProgram } from "./program.ts";
import { parseTrace, type Trace } from "./trace.ts";

const DOCUMENT = "tests/testdata/runs/hardpy-0.22.1/minimum.jsonloader.json";
const DAY_SECONDS = 24 * 60 * 60;
/** Long ago: no file of the stand is still being written. */
const WRITTEN_AT = new Date("2026-01-01T00:00:00Z");

/** A test stand with a StandCloud of its own, on which one command after the other is run. */
export class Stand implements AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Holds all that the program may touch. */
  readonly root: string;
  readonly #binary: string;
  readonly #outside: string;

  private constructor(
    binary: string,
    { sandbox, outside }: { sandbox: Sandbox; outside: string },
  ) {
    this.sandbox = sandbox;
    this.#binary = binary;
    this.#outside = outside;
    this.root = join(outside, "stand");
  }

  static async build(binary: string): Promise<Stand> {
    const outside = await Deno.makeTempDir({ prefix: "standcloud-faults-" });
    const sandbox = await startSandbox({
      // So that no command renews the login by itself: a copy of it stays good.
      accessTokenSeconds: 30 * DAY_SECONDS,
      refreshTokenSeconds: 30 * DAY_SECONDS,
    });
    const stand = new Stand(binary, { sandbox, outside });
    await stand.clear();
    return stand;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox[Symbol.asyncDispose]();
    await Deno.remove(this.#outside, { recursive: true });
  }

  path(...names: string[]): string {
    return join(this.root, ...names);
  }

  /** An empty stand; StandCloud knows its logins, and no run. */
  async clear(): Promise<void> {
    await Deno.remove(this.root, { recursive: true }).catch(() => {});
    await Deno.mkdir(this.path("home"), { recursive: true, mode: 0o700 });
    this.sandbox.reset();
  }

  /** Keeps the stand as it is now, to be put back again and again. */
  async keep(): Promise<void> {
    await this.#copy(this.root, join(this.#outside, "kept"));
  }

  async putBack(): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
    await this.#copy(join(this.#outside, "kept"), this.root);
    this.sandbox.reset();
  }

  async #copy(from: string, to: string): Promise<void> {
    const { success } = await new Deno.Command("cp", {
      args: ["-a", from, to],
    }).output();
    if (!success) throw new Error(`Cannot copy ${from}`);
  }

  /** Writes so many runs into the folder `runs`, each of a device of its own. */
  async writeRuns(count: number): Promise<string[]> {
    await Deno.mkdir(this.path("runs"), { recursive: true });
    const text = await Deno.readTextFile(fromRoot(DOCUMENT));
    const serials = Array.from({ length: count }, (_, index) => `SN-${index}`);
    for (const serial of serials) {
      const run = JSON.parse(text);
      run.dut["serial_number"] = serial;
      const path = this.path("runs", `${serial}.json`);
      await Deno.writeTextFile(path, JSON.stringify(run));
      await Deno.utime(path, WRITTEN_AT, WRITTEN_AT);
    }
    return serials;
  }

  /** Types a command; a sign-in page that it shows is answered. */
  async run(args: readonly string[], home = "home"): Promise<Ended> {
    return await this.#start([this.#binary, ...args], home);
  }

  /** The same, without a fault but with all calls in sight. */
  async record(args: readonly string[]): Promise<{ ended: Ended } & Trace> {
    const calls = SYSTEM_CALLS.join(",");
    return await this.#traced(args, ["-e", `trace=${calls}`]);
  }

  async runWith(
    fault: Fault,
    args: readonly string[],
  ): Promise<{ ended: Ended } & Trace> {
    return await this.#traced(args, injection(fault, this.root));
  }

  async #traced(
    args: readonly string[],
    options: readonly string[],
  ): Promise<{ ended: Ended } & Trace> {
    const log = join(this.#outside, "trace");
    const strace = ["-f", "-yy", "-s", "1", "-q", "--seccomp-bpf", "-o", log];
    const ended = await this.#start(
      ["strace", ...strace, ...options, "--", this.#binary, ...args],
    );
    const trace = parseTrace(await Deno.readTextFile(log), this.root);
    return { ended, ...trace };
  }

  async #start(
    command: readonly [string, ...string[]],
    home = "home",
  ): Promise<Ended> {
    const { address, caFile, caPem } = this.sandbox;
    let page: Promise<unknown> | undefined;
    const ended = await runProgram(command, {
      cwd: this.root,
      env: {
        PATH: Deno.env.get("PATH") ?? "",
        STANDCLOUD_HOME: this.path(home),
        STANDCLOUD_ADDRESS: address,
        STANDCLOUD_CA_FILE: caFile,
      },
      watch(text) {
        const url = SIGN_IN_URL.exec(text)?.[1];
        if (url === undefined) return;
        // The program may be gone before its page is called.
        page ??= signIn(url, { caPem, decision: "accept" }).catch(() => {});
      },
    });
    await page;
    return ended;
  }
}

const SIGN_IN_URL = /(https:\/\/[^\s"]+\?[^\s"]*request_uri=[^\s"]+)(?=["\n])/;
