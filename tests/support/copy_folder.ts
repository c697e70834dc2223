import { join } from "node:path";

/** Copies a folder with all that is in it; files keep their times. */
export async function copy(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (isDirectory) await copy(source, target);
    else {
      await Deno.copyFile(source, target);
      const { mtime } = await Deno.stat(source);
      if (mtime !== null) await Deno.utime(target, mtime, mtime);
    }
  }
}
