import { AppError, type ErrorCode, messageOf } from "./app_error.ts";
import { codeOf } from "./error_code.ts";

/** What a disk, a share or the limits of the system answer, in plain words. */
const REASONS: Readonly<Record<string, string>> = {
  EIO: "input/output error of the disk",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  ENOLCK: "the share gives no file locks",
  ESTALE: "the share has lost the file",
  EMFILE: "too many files are open at once",
  ENFILE: "too many files are open on this computer",
  EACCES: "permission denied",
  EPERM: "the system does not permit it",
  EBUSY: "another program uses it",
  EFBIG: "the file is too large for the disk",
  ENXIO: "the disk is not there any more",
  ENODEV: "the disk is not there any more",
  EREMOTEIO: "input/output error of the share",
  ENOTSUP: "the file system cannot do it",
  EOPNOTSUPP: "the file system cannot do it",
};

const WAYS_OUT: Readonly<Record<string, string>> = {
  ENOSPC: "free some space, and run the command again",
  EDQUOT: "free some space, and run the command again",
  EROFS: "make the disk writable, or set STANDCLOUD_HOME to another folder",
  ENOLCK: "set STANDCLOUD_HOME to a folder on a disk of this computer",
  EMFILE:
    "raise the limit of open files (ulimit -n), and run the command again",
  ENFILE: "end programs that keep many files open, and run the command again",
  EACCES: "check the permissions of the file and of its folder",
  EPERM: "check the permissions of the file and of its folder",
};

const CHECK_DISK = "check the disk or the share, and run the command again";

/**
 * An error of the operating system about a file, as one that a user can act on.
 * Undefined for anything else, such as a fault of the program.
 *
 * @param options.what fails, with the path; default: the file that the runtime names.
 */
export function diskFault(
  error: unknown,
  { what, code = "store_unwritable" }: { what?: string; code?: ErrorCode } = {},
): AppError | undefined {
  const name = codeOf(error);
  const reason = name === undefined ? undefined : REASONS[name];
  if (name === undefined || reason === undefined) return undefined;
  const place = what ?? namedBy(error) ?? "Cannot use a file of this computer";
  return new AppError(code, `${place}: ${reason} (${name})`, {
    cause: error,
    hints: [WAYS_OUT[name] ?? CHECK_DISK],
  });
}

/** The runtime names the path, and what it did there, behind the reason: `…: open '/path'`. */
function namedBy(error: unknown): string | undefined {
  const path = /: \w+ '(.+?)'/.exec(messageOf(error))?.[1];
  return path === undefined ? undefined : `Cannot use "${path}"`;
}
