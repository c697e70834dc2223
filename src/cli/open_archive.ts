import { join } from "node:path";
import type { Archive, NewArchive } from "../system/archive.ts";
import { DiskFault } from "../system/disk_fault.ts";
import type { System } from "../system/system.ts";
import {
  DOCUMENTS,
  isZipName,
  MANIFEST,
  MANIFEST_DIGEST,
} from "../sources/bundle_names.ts";

/**
 * Whether a path is a ZIP file, or a folder that holds a bundle's manifest and
 * something else of a bundle: a manifest alone may be left over, or planted.
 */
export async function isBundle(
  { inputFiles }: System,
  path: string,
): Promise<boolean> {
  if (isZipName(path)) return true;
  const isThere = async (name: string) => {
    try {
      return await inputFiles.info(join(path, name)) !== undefined;
    } catch (error) {
      // The search for runs says later that this folder may not be read.
      if (error instanceof DiskFault && error.isForbidden) return false;
      throw error;
    }
  };
  if (!await isThere(MANIFEST)) return false;
  return await isThere(MANIFEST_DIGEST) ||
    await inputFiles.folder(join(path, DOCUMENTS)) !== undefined;
}

export async function openArchive(path: string): Promise<Archive> {
  if (isZipName(path)) {
    const { openZip } = await import("../system/zip_file.ts");
    return await openZip(path);
  }
  const { openFolder } = await import("../system/folder_archive.ts");
  return openFolder(path);
}

/** @throws `output_unwritable`, also when there is something of that name. */
export async function newArchive(path: string, now: Date): Promise<NewArchive> {
  if (isZipName(path)) {
    const { newZip } = await import("../system/new_zip.ts");
    return await newZip(path, now);
  }
  const { newFolder } = await import("../system/new_folder.ts");
  return await newFolder(path);
}
