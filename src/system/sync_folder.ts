import { messageOf } from "./app_error.ts";
import { diskFault } from "./disk_fault.ts";
import { codeOf } from "./error_code.ts";
import { spareHandle, TooManyOpen } from "./spare_handle.ts";

/** The file system cannot do it, or leaves it to its server. */
const CANNOT = ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EPERM", "EACCES"];

/**
 * Makes the names in a folder durable. Some shares refuse that: what was
 * written is there all the same, and only a power cut could undo it.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  try {
    const handle = await spareHandle(folder, () => Deno.open(folder));
    using _handle = handle;
    await handle.sync();
  } catch (error) {
    if (isRefused(error)) return;
    // The runtime does not name what it could not sync.
    const what = `Cannot save the folder "${folder}"`;
    throw diskFault(error, { what }) ?? error;
  }
}

function isRefused(error: unknown): boolean {
  if (error instanceof TooManyOpen) return true;
  // The runtime has no code for some of them.
  return CANNOT.includes(codeOf(error) ?? "") ||
    messageOf(error).startsWith("Function not implemented");
}
