/** The numbers of errors for which the runtime does not always have a code. */
const NUMBERS: Partial<Record<string, Readonly<Record<string, string>>>> = {
  linux: {
    5: "EIO",
    28: "ENOSPC",
    30: "EROFS",
    37: "ENOLCK",
    38: "ENOSYS",
    107: "ENOTCONN",
    112: "EHOSTDOWN",
    116: "ESTALE",
    121: "EREMOTEIO",
    122: "EDQUOT",
  },
  darwin: {
    5: "EIO",
    28: "ENOSPC",
    30: "EROFS",
    69: "EDQUOT",
    70: "ESTALE",
    77: "ENOLCK",
  },
  windows: {
    19: "EROFS",
    21: "ENODEV",
    23: "EIO",
    32: "EBUSY",
    112: "ENOSPC",
    1117: "EIO",
  },
};

/** The operating system's code of an error, such as `EIO`, whichever interface of the runtime has failed. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? error.code : undefined;
  const isKnown = typeof code === "string" && code !== "" && code !== UNKNOWN;
  if (isKnown) return code;
  const number = "errno" in error && typeof error.errno === "number"
    ? String(-error.errno)
    : /\(os error (\d+)\)/.exec(error.message)?.[1];
  return number && NUMBERS[Deno.build.os]?.[number];
}

/** What `node:fs` calls an error that it has no name for, such as `ESTALE`. */
const UNKNOWN = "UNKNOWN";
