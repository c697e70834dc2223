import { spareHandle } from "./spare_handle.ts";

/**
 * Makes the names in a folder durable, where the disk or the share can do that.
 * Nothing is thrown where it cannot: what was written is there all the same, and
 * only a power cut could undo it.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  try {
    const handle = await spareHandle(folder, () => Deno.open(folder));
    using _handle = handle;
    await handle.sync();
  } catch {
    // Not even a disk that fails takes the file away again.
  }
}
