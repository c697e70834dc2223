import type { Bundle } from "./bundle.ts";
import { filesBelow } from "./fingerprint.ts";
import { type LockedPackage, lockedPackages } from "./lock.ts";
import { fromRoot } from "./paths.ts";
import { sha256 } from "./sha256.ts";
import type { Shares } from "./source_map.ts";

/** An npm package that has code in the bundle. */
export interface BundledPackage extends LockedPackage {
  readonly characters: number;
  /** Our files that import it, else the packages that do. */
  readonly importedBy: readonly string[];
}

export interface Payload {
  readonly bytes: number;
  readonly chunks: number;
  /** Of the names and bytes of all chunks: equal payloads, equal sums. */
  readonly sha256: string;
  /** Largest first. */
  readonly packages: readonly BundledPackage[];
  /** From src and main.ts. */
  readonly ownCharacters: number;
}

/** Where Deno's cache keeps a file of an npm package. */
const NPM_FILE = /\/npm\/[^/]+\/((?:@[^/]+\/)?[^/@]+)\/([^/_]+)(?:_\d+)?\//;

/** `NAME@VERSION` of the package that a source file belongs to; null for our own. */
export function packageOf(path: string): string | null {
  const found = NPM_FILE.exec(path);
  return found === null ? null : `${found[1]}@${found[2]}`;
}

/** What is in a bundle and for whom. Throws for code that no one vouches for. */
export async function payloadOf(bundle: Bundle): Promise<Payload> {
  const characters = new Map<string, number>();
  let ownCharacters = 0;
  for (const [path, count] of bundle.shares) {
    const id = packageOf(path);
    if (id === null) {
      requireOwn(path);
      ownCharacters += count;
    } else characters.set(id, (characters.get(id) ?? 0) + count);
  }
  const packages = await describePackages(characters);
  const chunks = [...bundle.chunks].sort(([a], [b]) => a < b ? -1 : 1);
  const bytes = new TextEncoder().encode(
    chunks.map(([name, code]) => `${name}\n${code}\n`).join(""),
  );
  return {
    bytes: chunks.reduce((sum, [, code]) => sum + utf8Length(code), 0),
    chunks: chunks.length,
    sha256: await sha256(bytes),
    packages,
    ownCharacters,
  };
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

function requireOwn(path: string): void {
  if (/(?:^|\/)(?:(?:src|scripts)\/.*|main\.ts)$/.test(path)) return;
  throw new Error(`the bundle holds "${path}", which is no source of ours`);
}

async function describePackages(
  characters: Shares,
): Promise<BundledPackage[]> {
  const locked = await lockedPackages();
  const importers = await ownImporters();
  const found = [...characters].map(([id, count]) => {
    const one = locked.get(id);
    if (one === undefined) throw new Error(`deno.lock does not know ${id}`);
    return { ...one, characters: count };
  });
  return found.map((one) => {
    const direct = importers.get(one.name);
    const parents = found
      .filter(({ dependencies }) =>
        dependencies.some((name) => nameOnly(name) === one.name)
      )
      .map(({ name }) => name);
    const importedBy = direct ?? parents;
    if (importedBy.length === 0) {
      throw new Error(`${one.name} is in the bundle, and nothing imports it`);
    }
    return { ...one, importedBy };
  }).sort((a, b) => b.characters - a.characters);
}

function nameOnly(dependency: string): string {
  return dependency.replace(/(?<=.)@.*$/, "");
}

/** Our files by the package that they import; one that only passes it on leaves no code. */
async function ownImporters(): Promise<Map<string, string[]>> {
  const importers = new Map<string, string[]>();
  for await (const path of filesBelow("src")) {
    const text = await Deno.readTextFile(fromRoot(path));
    for (
      const [, name = ""] of text.matchAll(/\bfrom "((?:@[^/"]+\/)?[\w.-]+)/g)
    ) {
      importers.set(name, [...new Set([...importers.get(name) ?? [], path])]);
    }
  }
  return importers;
}

/** For the output of a build: what is in the payload, and why. */
export function payloadLines(payload: Payload): string[] {
  const { packages, ownCharacters } = payload;
  const rows = [
    ["our own code", ownCharacters, ""] as const,
    ...packages.map(({ name, version, characters, importedBy }) =>
      [
        `${name} ${version}`,
        characters,
        `for ${importedBy.join(", ")}`,
      ] as const
    ),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `payload  ${
      count(payload.bytes)
    } bytes in ${payload.chunks} chunks, SHA-256 ${payload.sha256}`,
    ...rows.map(([name, characters, why]) =>
      `         ${name.padEnd(width)}  ${count(characters).padStart(9)}  ${why}`
        .trimEnd()
    ),
  ];
}

function count(value: number): string {
  return value.toLocaleString("en");
}
