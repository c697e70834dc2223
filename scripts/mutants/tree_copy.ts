import { join } from "node:path";
import { fromRoot } from "../compile/paths.ts";
import { type Mutant, mutated } from "./mutant.ts";

/** All that the tests without the compiled program need. */
const PARTS = ["src", "tests", "scripts", "main.ts", "deno.json", "deno.lock"];

/** A fault that makes a test wait for ever is seen too. */
const TEST_MILLISECONDS = 60_000;

export type Fate = "killed" | "survived" | "not found";

/** The tree in a folder of its own, where nobody works. */
export class TreeCopy implements AsyncDisposable {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<TreeCopy> {
    const folder = await Deno.makeTempDir({ prefix: "standcloud-mutants-" });
    for (const part of PARTS) await copy(fromRoot(part), join(folder, part));
    return new TreeCopy(folder);
  }

  async passes(tests: readonly string[]): Promise<boolean> {
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", "--quiet", "--fail-fast", ...tests],
      cwd: this.#folder,
      stdin: "null",
      stdout: "null",
      stderr: "null",
      signal: AbortSignal.timeout(TEST_MILLISECONDS),
    }).output();
    return success;
  }

  /** Applies the fault, runs its tests, and takes it back. */
  async fateOf(mutant: Mutant): Promise<Fate> {
    const path = join(this.#folder, mutant.file);
    const source = await Deno.readTextFile(path);
    const faulty = mutated(source, mutant);
    if (faulty === undefined) return "not found";
    await Deno.writeTextFile(path, faulty);
    try {
      return await this.passes(mutant.tests) ? "survived" : "killed";
    } finally {
      await Deno.writeTextFile(path, source);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.#folder, { recursive: true });
  }
}

async function copy(from: string, to: string): Promise<void> {
  if (!(await Deno.stat(from)).isDirectory) {
    return await Deno.copyFile(from, to);
  }
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await copy(join(from, name), join(to, name));
  }
}
