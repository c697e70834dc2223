import { isAbsolute, resolve, sep } from "node:path";
import type { System } from "../system/system.ts";
import type { OpenLedger } from "../upload/ledger/open_ledger.ts";
import { keptSource, type UploadSource } from "../upload/upload_source.ts";

/**
 * Runs that wait in the ledger alone, since HardPy's next run has replaced the
 * file at its path below one of `paths`: who uploads the folder means them too.
 */
export async function* keptRuns(
  system: System,
  { ledger, history }: OpenLedger,
  { address, paths }: { address: string; paths: readonly string[] },
): AsyncGenerator<UploadSource> {
  const entries = history.kept(address);
  if (entries.length === 0) return;
  const { RejectedFiles } = await import("./rejected_files.ts");
  const roots = await rootsOf(system, paths);
  const files = new RejectedFiles(system);
  for (const entry of entries) {
    const { source, digest } = entry;
    if (!isAbsolute(source) || !roots.some((root) => isBelow(source, root))) {
      continue;
    }
    const wire = ledger.documentOf(entry);
    const isThere = await files.find(source, digest) !== undefined;
    if (wire !== undefined && !isThere) yield keptSource(source, wire);
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
