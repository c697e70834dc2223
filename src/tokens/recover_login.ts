import { DiskFault } from "../system/disk_fault.ts";
import type { PrivateFiles } from "../system/private_files.ts";
import type { Login } from "./login.ts";

export interface RecoverOptions {
  readonly privateFiles: PrivateFiles;
  /** Undefined for what is no login; throws for what no key opens. */
  open(box: Uint8Array): Promise<Login | undefined>;
}

/**
 * A process that was killed in a renewal may have left the new login beside the
 * file of the old one, whose refresh token is used up. The newest login takes
 * the place of the file; everything else that was left is deleted. Only for the
 * holder of the login's lock.
 */
export async function recoverLogin(
  path: string,
  { privateFiles, open }: RecoverOptions,
): Promise<void> {
  for (const draft of await privateFiles.drafts(path)) {
    try {
      const left = await privateFiles.read(draft);
      const found = left && await openCut(left, open);
      if (found !== undefined && await isNewer(found.login)) {
        await privateFiles.write(path, found.box);
      }
    } catch (error) {
      // The disk may give it another time.
      if (error instanceof DiskFault) continue;
    }
    // Untidiness harms nothing.
    await privateFiles.remove(draft).catch(() => {});
  }

  async function isNewer(login: Login): Promise<boolean> {
    const box = await privateFiles.read(path);
    // A login that somebody has deleted does not come back.
    const stored = box && await open(box);
    return stored !== undefined && stored.address === login.address &&
      stored.obtainedAt < login.obtainedAt;
  }
}

/** Before it is cut to its length the file has the zeros of its room behind it. */
async function openCut(
  left: Uint8Array,
  open: RecoverOptions["open"],
): Promise<{ login: Login; box: Uint8Array } | undefined> {
  const end = left.findLastIndex((byte) => byte !== 0) + 1;
  if (end === 0) return undefined;
  const lengths = [left.length, end, end + 1, end + 2];
  for (const length of lengths.filter((one) => one <= left.length)) {
    const box = left.subarray(0, length);
    const login = await open(box).catch((error) => {
      if (error instanceof DiskFault) throw error;
      return undefined;
    });
    if (login !== undefined) return { login, box };
  }
  return undefined;
}
