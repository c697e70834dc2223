import { AppError, type ErrorCode, messageOf } from "./app_error.ts";
import { codeOf } from "./error_code.ts";
import { TooManyOpen } from "./spare_handle.ts";

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
  ETXTBSY: "another program uses it",
  EFBIG: "the file is too large for the disk",
  ENXIO: "the disk is not there any more",
  ENODEV: "the disk is not there any more",
  EREMOTEIO: "input/output error of the share",
  ENOTCONN: "the share is not connected any more",
  EHOSTDOWN: "the computer of the share is off",
  EINTR: "the system interrupted it",
  ENOMEM: "the computer has no memory left",
  EINVAL: "the file system cannot do it",
  ENOSYS: "the file system cannot do it",
  ENOTSUP: "the file system cannot do it",
  EOPNOTSUPP: "the file system cannot do it",
  EXDEV: "it leads to another disk",
  ENAMETOOLONG: "the name is too long",
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
  ENAMETOOLONG: "use a shorter name",
};

const CHECK_DISK = "check the disk or the share, and run the command again";

/** The disk, the share or a limit of the system: the error says nothing about what is in the file. */
export class DiskFault extends AppError {
  override readonly name = "DiskFault";

  /** The place is one that this user may only read; nothing is wrong with the disk. */
  get isForbidden(): boolean {
    return FORBIDDEN.includes(codeOf(this.cause) ?? "");
  }
}

const FORBIDDEN = ["EROFS", "EACCES", "EPERM"];

/**
 * An error about a file, as one that a user can act on: what failed, the reason
 * in plain words, and a way out. An `AppError` comes back as it is.
 *
 * @param options.hint the way out where the reason shows none, or forbids the place.
 */
export function fileError(
  what: string,
  error: unknown,
  { code, hint }: { code: ErrorCode; hint?: string },
): AppError {
  if (error instanceof AppError) return error;
  const name = codeOf(error) ?? "";
  const message = `${what}: ${reasonOf(error)}`;
  if (REASONS[name] === undefined) {
    return new AppError(code, message, {
      cause: error,
      hints: hint === undefined ? [] : [hint],
    });
  }
  const way = WAYS_OUT[name] ?? CHECK_DISK;
  // Where the system forbids a place, the caller knows another one.
  const hints = [FORBIDDEN.includes(name) ? hint ?? way : way];
  return new DiskFault(code, message, { cause: error, hints });
}

/**
 * An error of the operating system about a file, for places where any error may
 * arrive. Undefined for anything else, such as a fault of the program.
 *
 * @param options.what fails, with the path; default: the file that the runtime names.
 */
export function diskFault(
  error: unknown,
  { what, code = "store_unwritable" }: { what?: string; code?: ErrorCode } = {},
): AppError | undefined {
  if (REASONS[codeOf(error) ?? ""] === undefined) return undefined;
  const place = what ?? namedBy(error) ?? "Cannot use a file of this computer";
  return fileError(place, error, { code });
}

/** Why a file that the user asked for cannot be written. */
export function unwritable(path: string, error: unknown): AppError {
  if (error instanceof TooManyOpen) {
    return new DiskFault("output_unwritable", error.message, {
      cause: error,
      hints: error.hints,
    });
  }
  const cause = error instanceof Deno.errors.NotFound
    ? new Error("there is no such folder")
    : error;
  return fileError(`Cannot write "${path}"`, cause, {
    code: "output_unwritable",
  });
}

/** Why the system refuses, in words that are not the runtime's. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error) ?? codeOfClass(error) ?? "";
  const simple = SIMPLE_REASONS[code];
  if (simple !== undefined) return simple;
  const reason = REASONS[code];
  if (reason !== undefined) return `${reason} (${code})`;
  // The runtime adds its own number or word, what it did, and the path once more.
  return messageOf(error).replace(/ \(os error \d+\).*$/s, "")
    .replace(/^[A-Z]+: (.+), [a-z]+(?: '.*)?$/s, "$1");
}

/** Of the name, not of the disk. */
const SIMPLE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder",
  EEXIST: "it exists already",
  ELOOP: "it is a link",
  ENOTDIR: "it is not a folder",
  EISDIR: "it is a folder",
  EACCES: "permission denied",
};

/** An error that the program has made itself has a class, and no code. */
function codeOfClass(error: unknown): string | undefined {
  if (error instanceof Deno.errors.NotFound) return "ENOENT";
  if (error instanceof Deno.errors.AlreadyExists) return "EEXIST";
  if (error instanceof Deno.errors.NotCapable) return "EACCES";
  if (error instanceof Deno.errors.PermissionDenied) return "EACCES";
  return undefined;
}

/** The runtime names the path, and what it did there, behind the reason: `…: open '/path'`. */
function namedBy(error: unknown): string | undefined {
  const path = /: \w+ '(.+?)'/.exec(messageOf(error))?.[1];
  return path === undefined ? undefined : `Cannot use "${path}"`;
}
