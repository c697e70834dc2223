import { fromRoot } from "../compile/paths.ts";
import { say } from "../compile/say.ts";
import type { Sandbox } from "../sandbox/types.ts";

/** Run documents that HardPy 0.22.1 wrote. */
const RUNS = "tests/testdata/runs/hardpy-0.22.1";

/** A test stand with the compiled program and a StandCloud stand-in to work with. */
export class Stand implements AsyncDisposable {
  readonly sandbox: Sandbox;
  readonly #binary: string;
  readonly #home: string;
  readonly #variables = new Map<string, string>();

  private constructor(
    binary: string,
    options: { sandbox: Sandbox; home: string },
  ) {
    this.sandbox = options.sandbox;
    this.#binary = binary;
    this.#home = options.home;
  }

  /** In the folder of the runs, so that their names are short. */
  static async build(binary: string, sandbox: Sandbox): Promise<Stand> {
    const home = await Deno.makeTempDir({ prefix: "standcloud-demo-" });
    say(`$ cd ${RUNS}`);
    return new Stand(binary, { sandbox, home });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#home, { recursive: true });
  }

  /** Sets a variable for the commands that follow. */
  export(name: string, value: string): void {
    say(`$ export ${name}=${value}`);
    this.#variables.set(name, value);
  }

  /**
   * Types a command, shows what it prints, and fails unless it ends with the
   * exit code. `watch` sees each piece of the output as it comes.
   */
  async type(
    args: readonly string[],
    options: { exitCode?: number; watch?: (text: string) => void } = {},
  ): Promise<void> {
    say(`$ standcloud ${args.join(" ")}`);
    const child = new Deno.Command(this.#binary, {
      args: [...args],
      cwd: fromRoot(RUNS),
      clearEnv: true,
      env: {
        STANDCLOUD_HOME: this.#home,
        ...Object.fromEntries(this.#variables),
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const show = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        await Deno.stdout.write(new TextEncoder().encode(text));
        options.watch?.(text);
      }
    };
    const [{ code }] = await Promise.all([
      child.status,
      show(child.stdout),
      show(child.stderr),
    ]);
    const expected = options.exitCode ?? 0;
    if (code !== 0) say(`(exit code ${code})`);
    if (code !== expected) {
      throw new Error(`exit code ${expected} was expected, not ${code}`);
    }
  }
}
