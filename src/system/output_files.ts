import { basename, dirname, join } from "node:path";
import { AppError, messageOf } from "./app_error.ts";

/** Files that the user asked for by name. */
export interface OutputFiles {
  /**
   * Writes the file, or replaces it in one step, so that nobody ever sees half
   * of it. A link is followed, as an editor would.
   *
   * @throws `output_unwritable`
   */
  write(path: string, content: string): Promise<void>;
}

export const outputFiles: OutputFiles = { write };

async function write(path: string, content: string): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await targetOf(path);
    temporary = join(
      dirname(target),
      `.${basename(target).slice(0, 100)}.${crypto.randomUUID()}`,
    );
    await Deno.writeTextFile(temporary, content, { createNew: true });
    await Deno.rename(temporary, target);
  } catch (error) {
    if (temporary !== undefined) await Deno.remove(temporary).catch(() => {});
    throw new AppError(
      "output_unwritable",
      `Cannot write "${path}": ${reasonOf(error)}`,
      { cause: error },
    );
  }
}

/** Where the content goes; a device or a pipe must not be replaced by a file. */
async function targetOf(path: string): Promise<string> {
  try {
    const info = await Deno.stat(path);
    if (info.isDirectory) throw new Error("it is a folder");
    if (!info.isFile) throw new Error("it is not a file; - is stdout");
    return await Deno.realPath(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return path;
    throw error;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "there is no such folder";
  return error instanceof Deno.errors.PermissionDenied
    ? "permission denied"
    : messageOf(error);
}
