import { join } from "node:path";

/** A folder of a test's own (0700), removed when the test is over. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<TemporaryFolder> {
    return new TemporaryFolder(
      await Deno.makeTempDir({ prefix: "standcloud-test-" }),
    );
  }

  join(...names: string[]): string {
    return join(this.path, ...names);
  }

  /** Writes a file and gives its path. */
  async write(name: string, content: string | Uint8Array): Promise<string> {
    const path = this.join(name);
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
    return path;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.path, { recursive: true });
  }
}

/** Paths below a folder, sorted, with their modes in octal: `600 logins/a.age`. */
export async function listing(folder: string, below = ""): Promise<string[]> {
  const lines: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    const path = join(below, name);
    const { mode } = await Deno.lstat(join(folder, path));
    lines.push(`${((mode ?? 0) & 0o7777).toString(8)} ${path}`);
    if (isDirectory) lines.push(...await listing(folder, path));
  }
  return lines.sort((a, b) => a.slice(4) < b.slice(4) ? -1 : 1);
}
