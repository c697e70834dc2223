/** As 64 hex digits. */
export async function sha256Of(
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
