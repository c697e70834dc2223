import { isAbsolute, resolve, sep } from "node:path";
import type { System } from "../system/system.ts";
import { examine } from "../runs/examine.ts";
import type { Entry } from "../upload/ledger/entry.ts";
import type { OpenLedger } from "../upload/ledger/open_ledger.ts";
import { areSameRun } from "../upload/settled.ts";
import { keptSource, type UploadSource } from "../upload/upload_source.ts";
import { runSource } from "./run_sources.ts";

export interface KeptOptions {
  readonly sources: AsyncIterable<UploadSource>;
  /** Where the user has files. */
  readonly paths: readonly string[];
  /** Undefined: nothing waits there. */
  readonly address: string | undefined;
  /** Told of one whose file holds a later state of the same run. */
  readonly onReplaced?: (entry: Entry) => void;
}

/**
 * The sources, and before them what waits in the ledger alone, since HardPy's
 * next run has replaced the file at its path below one of `paths`: who uploads
 * the folder means that too.
 */
export async function* withKeptRuns(
  system: System,
  opened: OpenLedger,
  { sources, address, ...options }: KeptOptions,
): AsyncGenerator<UploadSource> {
  if (address !== undefined) {
    yield* keptRuns(system, opened, { address, ...options });
  }
  yield* sources;
}

async function* keptRuns(
  system: System,
  { ledger, history }: OpenLedger,
  { address, paths, onReplaced }: Omit<KeptOptions, "sources"> & {
    readonly address: string;
  },
): AsyncGenerator<UploadSource> {
  const entries = history.kept(address);
  if (entries.length === 0) return;
  const roots = await rootsOf(system, paths);
  for (const entry of entries) {
    const { source, digest, isFilled } = entry;
    if (!isAbsolute(source) || !roots.some((root) => isBelow(source, root))) {
      continue;
    }
    const wire = ledger.documentOf(entry);
    if (wire === undefined) continue;
    const kept = keptSource(source, wire, isFilled);
    const now = await examine(runSource(system, source));
    if (now.some(({ run }) => run?.digest() === digest)) continue;
    if (!areSameRun(await examine(kept), now)) yield kept;
    else onReplaced?.(entry);
  }
}

/** As they are written and, for folders, without links. */
async function rootsOf(
  { inputFiles }: System,
  paths: readonly string[],
): Promise<string[]> {
  const roots = await Promise.all(
    paths.map(async (path) => [
      resolve(path),
      await inputFiles.folder(path) ?? resolve(path),
    ]),
  );
  return roots.flat();
}

function isBelow(path: string, root: string): boolean {
  return path === root ||
    path.startsWith(root.endsWith(sep) ? root : root + sep);
}
