/** A file of the tree as the rules see it. */
export interface SourceFile {
  /** Relative to the project's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL("../../", import.meta.url);

/** The text of one file of the project. */
export async function readSource(path: string): Promise<SourceFile> {
  return { path, text: await Deno.readTextFile(new URL(path, ROOT)) };
}

/** Every file below `folder` that `accepts` takes, sorted by path. */
export async function readSources(
  folder: string,
  accepts = (path: string) => path.endsWith(".ts"),
): Promise<SourceFile[]> {
  const paths: string[] = [];
  await collect(folder, paths);
  const accepted = paths.filter(accepts).sort();
  return await Promise.all(accepted.map(readSource));
}

async function collect(folder: string, paths: string[]): Promise<void> {
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await collect(path, paths);
    else if (entry.isFile) paths.push(path);
  }
}

/** Lines as an editor counts them. */
export function lineCount(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

/** The line, counted from 1, that holds the character at `index`. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
