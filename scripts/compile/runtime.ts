import { dirname } from "node:path";
import { fetchFromNpm } from "./npm_runtime.ts";
import { fetchFromDeno } from "./own_runtime.ts";
import { fromRoot } from "./paths.ts";
import { type Log, say } from "./say.ts";
import { requireSha256, sha256 } from "./sha256.ts";
import {
  DENO_VERSION,
  isWindows,
  PACKAGE_VERSION,
  runtimeSource,
  type Target,
} from "./targets.ts";

export interface Runtime {
  readonly path: string;
  /** For the build's output: where it came from and whether it is the pinned one. */
  readonly description: string;
}

/** The runtime to compile with: DENORT_BIN, else Deno's own download, else the npm package. */
export async function selectRuntime(
  target: Target,
  { log = say, given = denortBin() }: { log?: Log; given?: string } = {},
): Promise<Runtime> {
  if (given !== "") return await givenRuntime(given, target);
  const { package: name } = runtimeSource(target);
  const fromDeno = { path: cachePath(target, "deno"), origin: "Deno's own" };
  const fromNpm = {
    path: cachePath(target, "npm"),
    origin: `${name}@${PACKAGE_VERSION} from npm`,
  };
  for (const kept of [fromDeno, fromNpm]) {
    if (await isPinned(kept.path, target)) return describe(kept);
  }
  const own = await ownBytes(target, log);
  if (own !== null) return await keep(fromDeno, own, target);
  log(`fetching ${fromNpm.origin}`);
  return await keep(fromNpm, await npmBytes(target), target);
}

/** The user's own runtime, or nothing. */
export function denortBin(): string {
  return Deno.env.get("DENORT_BIN") ?? "";
}

/** What the user hands over is the user's choice: it is named, not refused. */
async function givenRuntime(path: string, target: Target): Promise<Runtime> {
  const found = await sha256(await Deno.readFile(path));
  const verdict = found === runtimeSource(target).sha256
    ? "the pinned runtime"
    : "not the pinned runtime";
  return {
    path,
    description: `DENORT_BIN ${path} (SHA-256 ${found}, ${verdict})`,
  };
}

/** Where the pin is that of another file, Deno's own could not be told from a false one. */
async function ownBytes(
  target: Target,
  log: Log,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!runtimeSource(target).identical) return null;
  log("asking Deno for its own runtime (denort)");
  const bytes = await fetchFromDeno(target);
  if (bytes === null) log("it cannot be downloaded from here");
  return bytes;
}

async function npmBytes(target: Target): Promise<Uint8Array<ArrayBuffer>> {
  const source = runtimeSource(target);
  return source.extract(await fetchFromNpm(source));
}

interface Kept {
  readonly path: string;
  readonly origin: string;
}

/** Stops where the bytes are not the pinned ones; nothing is written then. */
export async function keep(
  kept: Kept,
  bytes: Uint8Array<ArrayBuffer>,
  target: Target,
): Promise<Runtime> {
  const expected = runtimeSource(target).sha256;
  await requireSha256(bytes, {
    expected,
    what: `the runtime (${kept.origin})`,
  });
  await Deno.mkdir(dirname(kept.path), { recursive: true });
  const staged = `${kept.path}.${crypto.randomUUID()}`;
  await Deno.writeFile(staged, bytes, { mode: 0o755 });
  await Deno.rename(staged, kept.path);
  return describe(kept);
}

function describe({ path, origin }: Kept): Runtime {
  return { path, description: `${origin} (the pinned runtime)` };
}

/** A damaged or replaced file counts as absent: it is fetched again. */
async function isPinned(path: string, target: Target): Promise<boolean> {
  try {
    const found = await sha256(await Deno.readFile(path));
    return found === runtimeSource(target).sha256;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function cachePath(target: Target, origin: "deno" | "npm"): string {
  const suffix = isWindows(target) ? ".exe" : "";
  return fromRoot(
    `.toolchain/denort-${DENO_VERSION}/${origin}/${target}${suffix}`,
  );
}
