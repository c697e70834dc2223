/** So much SQLite wants at once. */
const SHARED_BYTES = 32 * 1024;

/**
 * Whether a database that cannot be opened lacks nothing but memory that
 * processes share: alone SQLite needs none. A full disk is another fault.
 */
export function lacksSharedMemory(
  path: string,
  openAlone: () => Disposable,
): boolean {
  const probe = `${path}.${crypto.randomUUID()}`;
  try {
    openAlone()[Symbol.dispose]();
    const options = { createNew: true, mode: 0o600 };
    Deno.writeFileSync(probe, new Uint8Array(SHARED_BYTES), options);
    Deno.removeSync(probe);
    return true;
  } catch {
    return false;
  }
}
