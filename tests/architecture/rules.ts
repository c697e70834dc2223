import { basename } from "node:path";
import { codeOnly } from "./code_only.ts";
import { functionsOf } from "./functions.ts";
import { type Import, importsOf } from "./imports.ts";
import { lineAt, lineCount, type SourceFile } from "./source_file.ts";

/** The folders of src, highest first; what shares a row must not import each other. */
const LAYERS = [
  ["cli"],
  ["login", "upload", "inspect", "stats"],
  ["stand"],
  ["sources"],
  ["tokens"],
  ["standcloud"],
  ["page"],
  ["runs"],
  ["system"],
];

const FILE_LINES = 250;
const FUNCTION_LINES = 50;

/** Rooms of mere computation. */
const PURE = ["page", "runs"];

/** Imports that go upwards, sideways or out of src, or from a pure room to the outside world. */
export function layerViolations(files: readonly SourceFile[]): string[] {
  const impure = impurePaths(files);
  return files.flatMap(importsOf)
    .filter(({ target }) => target !== undefined)
    .filter(({ path, target = "" }) =>
      !isDownwards(path, target) ||
      (PURE.includes(folderOf(path)) && impure.has(target))
    )
    .map(({ path, target }) => `${path} imports ${target}`);
}

function isDownwards(path: string, target: string): boolean {
  const [from, to] = [folderOf(path), folderOf(target)];
  const [fromLayer, toLayer] = [layerOf(from), layerOf(to)];
  if (fromLayer === -1 || toLayer === -1) return false;
  return from === to || fromLayer < toLayer;
}

/** Files that touch the outside world, and all that import one of them. */
function impurePaths(files: readonly SourceFile[]): Set<string> {
  const impure = new Set(
    files.filter((file) => usesOutside(file).length > 0)
      .map(({ path }) => path),
  );
  const edges = files.flatMap(importsOf);
  for (let before = -1; before < impure.size;) {
    before = impure.size;
    for (const { path, target = "" } of edges) {
      if (impure.has(target)) impure.add(path);
    }
  }
  return impure;
}

function folderOf(path: string): string {
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? "";
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((layer) => layer.includes(folder));
}

const OUTSIDE =
  /\bDeno\b|\bfetch\s*\(|\bDate\.now\b|\bnew Date\s*\(\s*\)|\bset(?:Timeout|Interval)\b|\bAbortSignal\.timeout\b|\bperformance\.now\b|\bconsole\b|\bprocess\.(?:env|exit)\b/g;
const OUTSIDE_MODULES =
  /^node:(?:fs|child_process|process|net|tls|https?|os|timers)\b/;

/** Uses of the process, the network, the clock or the console outside src/system. */
export function outsideWorldViolations(
  files: readonly SourceFile[],
): string[] {
  return files.filter(({ path }) => folderOf(path) !== "system")
    .flatMap(usesOutside);
}

function usesOutside(file: SourceFile): string[] {
  const { path, text } = file;
  const uses = [...codeOnly(text).matchAll(OUTSIDE)]
    .map((match) => `${path}:${lineAt(text, match.index)}: ${match[0]}`);
  const modules = importsOf(file)
    .filter(({ specifier }) => OUTSIDE_MODULES.test(specifier))
    .map(({ specifier }) => `${path} imports ${specifier}`);
  return [...uses, ...modules];
}

/** Files that import a library, by library; anything that is neither ours nor Node's. */
function importers(files: readonly SourceFile[]): Map<string, string[]> {
  const libraries = files.flatMap(importsOf).filter(isLibrary);
  const names = libraries.map(({ specifier }) => specifier);
  return new Map(
    [...new Set(names)].map((name) => [
      name,
      [
        ...new Set(
          libraries.filter(({ specifier }) => specifier === name)
            .map(({ path }) => path),
        ),
      ],
    ]),
  );
}

function isLibrary({ specifier, target }: Import): boolean {
  return target === undefined && !specifier.startsWith("node:");
}

/** Libraries that `files` import in several places, or that are not among `allowed`, or not at all. */
export function libraryViolations(
  files: readonly SourceFile[],
  allowed: readonly string[],
): string[] {
  const found = importers(files);
  const strangers = [...found].filter(([name]) => !allowed.includes(name))
    .map(([name, paths]) => `${name} is not for ${paths.join(", ")}`);
  const wrong = allowed.map((name) => [name, found.get(name) ?? []] as const)
    .filter(([, paths]) => paths.length !== 1)
    .map(([name, paths]) =>
      `${name} has ${paths.length} importing files: ${paths.join(", ")}`
    );
  return [...strangers, ...wrong];
}

/** Files that are too long to be held in the head. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files.filter(({ text }) => lineCount(text) > FILE_LINES)
    .map(({ path, text }) => `${path} has ${lineCount(text)} lines`);
}

export function longFunctions(files: readonly SourceFile[]): string[] {
  return files.flatMap(functionsOf)
    .filter(({ lines }) => lines > FUNCTION_LINES)
    .map(({ path, line, name, lines }) =>
      `${path}:${line}: ${name} has ${lines} lines`
    );
}

/** The length of the file in the middle. */
export function medianLines(files: readonly SourceFile[]): number {
  const lengths = files.map(({ text }) => lineCount(text))
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

/**
 * `using` variables that are used exactly once. The minifier of the bundle puts
 * the value where it is used and drops the disposal: in the compiled program it
 * would never happen. A variable that is not used at all is kept.
 */
export function lostDisposals(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/^( *)(?:await )?using (\w+) =/gm)]
      .filter(({ 1: indent = "", 2: name, index }) => {
        const rest = text.slice(text.indexOf("\n", index));
        const end = rest.search(
          new RegExp(`^ {0,${indent.length - 1}}\\S`, "m"),
        );
        const uses = rest.slice(0, end).matchAll(RegExp(`\\b${name}\\b`, "g"));
        return [...uses].length === 1;
      })
      .map(({ index, 2: name }) => `${path}:${lineAt(text, index)}: ${name}`)
  );
}

/** Files that only pass on what other files of ours export. */
export function barrels(files: readonly SourceFile[]): string[] {
  const named = files.map(({ path }) => path)
    .filter((path) => ["mod.ts", "index.ts"].includes(basename(path)));
  const passing = files.flatMap(importsOf)
    .filter(({ isReexport, target }) => isReexport && target !== undefined)
    .map(({ path, specifier }) => `${path} passes on ${specifier}`);
  return [...named, ...passing];
}

/** Places that end the process, and with it every `finally` and `using`. */
export function exits(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...codeOnly(text).matchAll(/\b(?:Deno|process)\.exit\b/g)]
      .map(({ index }) => `${path}:${lineAt(text, index)}`)
  );
}

/** Written in two parts, so that this file does not hold them. */
const MACHINE = [["/wo", "rk/"], ["/ro", "ot/"], ["registry", ".npm"]]
  .map((parts) => parts.join(""));

/** Mentions of the machine that the project was made on, or of a registry's host. */
export function machineMentions(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    MACHINE.flatMap((word) => {
      const index = text.indexOf(word);
      return index === -1 ? [] : [`${path}:${lineAt(text, index)}: ${word}`];
    })
  );
}
