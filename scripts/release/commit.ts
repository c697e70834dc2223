import { fromRoot } from "../compile/paths.ts";

export interface Commit {
  /** Its hash, with `-dirty` where files differ from it; "" without git. */
  readonly name: string;
  readonly date: Date;
}

/** The commit that is built: its time stands for the time of the build. */
export async function currentCommit(): Promise<Commit> {
  const name = await git(
    "describe",
    "--always",
    "--abbrev=40",
    "--dirty",
    "--exclude=*",
  );
  const seconds = await git("log", "-1", "--format=%ct");
  return { name, date: new Date(Number(seconds) * 1000) };
}

/** "" where this is no clone or there is no git. */
async function git(...args: string[]): Promise<string> {
  const output = await new Deno.Command("git", {
    args,
    cwd: fromRoot("./"),
    stdin: "null",
    stderr: "null",
  }).output().catch(() => null);
  if (!output?.success) return "";
  return new TextDecoder().decode(output.stdout).trim();
}
