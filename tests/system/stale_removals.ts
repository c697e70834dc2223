/** Does something while the first two removals fail, as on a share that loses sight of a file. */
export async function withStaleRemovals(
  action: () => Promise<unknown>,
): Promise<void> {
  const { remove } = Deno;
  let left = 2;
  Deno.remove = (...args) =>
    left-- > 0
      ? Promise.reject(new Error("Stale file handle (os error 116)"))
      : remove(...args);
  try {
    await action();
  } finally {
    Deno.remove = remove;
  }
}
