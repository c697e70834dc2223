import { compile, type CompileResult } from "./build.ts";
import { fingerprint } from "./fingerprint.ts";
import { fromRoot } from "./paths.ts";
import type { Log } from "./say.ts";

const NAME = Deno.build.os === "windows" ? "standcloud.exe" : "standcloud";

/** Where the program for this machine is built. */
export const BINARY: string = fromRoot(`dist/${NAME}`);
const STAMP = `${BINARY}.built-from`;

let current: Promise<string> | undefined;

/**
 * The compiled program, built only where it is not up to date. Test files that
 * run at the same time, in one process or several, build it once.
 */
export function compiledBinary(
  { log = () => {} }: { log?: Log } = {},
): Promise<string> {
  current ??= upToDate(log);
  return current;
}

async function upToDate(log: Log): Promise<string> {
  return await locked(async () => {
    const sources = await fingerprint();
    if (await stamp(sources) !== await written()) await build(sources, log);
    return BINARY;
  });
}

/** Builds the program for this machine whether or not it is up to date. */
export async function rebuild(log: Log): Promise<CompileResult> {
  return await locked(async () => await build(await fingerprint(), log));
}

async function build(sources: string, log: Log): Promise<CompileResult> {
  const result = await compile({
    entry: fromRoot("main.ts"),
    output: BINARY,
    log,
  });
  await Deno.writeTextFile(STAMP, await stamp(sources) ?? "");
  return result;
}

/** Null where there is no binary: then nothing on disk can match. */
async function stamp(sources: string): Promise<string | null> {
  const info = await Deno.stat(BINARY).catch(() => null);
  if (info === null) return null;
  return `${sources} ${info.size} ${info.mtime?.getTime()}\n`;
}

async function written(): Promise<string> {
  return await Deno.readTextFile(STAMP).catch(() => "");
}

async function locked<T>(work: () => Promise<T>): Promise<T> {
  await Deno.mkdir(fromRoot("dist"), { recursive: true });
  using file = await Deno.open(`${STAMP}.lock`, { create: true, write: true });
  await file.lock(true);
  return await work();
}
