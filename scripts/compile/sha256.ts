export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(digest).toHex();
}

/** Throws unless `bytes` are the ones that were pinned; `what` names them in the message. */
export async function requireSha256(
  bytes: Uint8Array<ArrayBuffer>,
  { expected, what }: { expected: string; what: string },
): Promise<void> {
  const actual = await sha256(bytes);
  if (actual !== expected) {
    throw new Error(
      `${what} is not the pinned file\n  expected SHA-256 ${expected}\n  found    SHA-256 ${actual}`,
    );
  }
}
