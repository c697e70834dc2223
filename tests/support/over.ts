/**
 * A shell command that starts the program where `file` lies over a file of the
 * system: in a mount namespace of its own. (Linux)
 */
export function over(system: string, file: string): string {
  return [
    "exec unshare --map-root-user --mount /bin/sh -c",
    `'mount --bind "${file}" ${system} && exec "$@"' sh "$@"`,
  ].join(" ");
}
