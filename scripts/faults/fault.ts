import { NETWORK } from "./trace.ts";

/** What goes wrong at a system call: it fails, or the process is killed in it. */
export const ACTIONS = ["EIO", "ENOSPC", "EMFILE", "ESTALE", "KILL"] as const;
export type Action = typeof ACTIONS[number];

/**
 * The system calls that are made to fail, where a scenario uses them. Without
 * `getdents64`: the runtime tells no error of a listing that breaks off.
 */
export const SYSTEM_CALLS = [
  "openat",
  "read",
  "pread64",
  "write",
  "pwrite64",
  "writev",
  "fsync",
  "fdatasync",
  "ftruncate",
  "rename",
  "linkat",
  "unlink",
  "mkdir",
  "chmod",
  "fcntl",
  "flock",
  "mmap",
  "statx",
  "stat",
  "lstat",
  "fstat",
  "newfstatat",
  "readlink",
  "lseek",
  "socket",
  "connect",
  "recvfrom",
] as const;

/** A fault of the machine under a command. */
export interface Fault {
  readonly scenario: string;
  readonly call: string;
  /** Below the folder of the stand, with `*` for a random part; or the network. */
  readonly path: string;
  /** Which call of a thread, from 1; of those with the path, where there is one. */
  readonly when: number;
  /** All later calls fail too. */
  readonly lasts: boolean;
  readonly action: Action;
}

/** Whether strace can be told the file: its name is the same in each run. */
export function isNamed(path: string): boolean {
  return path !== NETWORK && !path.includes("*");
}

export function describeFault(fault: Fault): string {
  const { scenario, call, path, when, lasts, action } = fault;
  const which = `${call} ${when}${lasts ? "+" : ""}`;
  return `${scenario}: ${action} at ${which} of ${path || "the folder"}`;
}

/** The options of strace that do it. */
export function injection(fault: Fault, root: string): string[] {
  const { call, path, when, lasts, action } = fault;
  const what = action === "KILL" ? "signal=KILL" : `error=${action}`;
  return [
    "-e",
    `trace=${call}`,
    "-e",
    `inject=${call}:${what}:when=${when}${lasts ? "+" : ""}`,
    ...isNamed(path) ? ["-P", root + path] : [],
  ];
}
