/**
 * The text of a file: UTF-8 with or without byte order mark, gzip unpacked.
 * The reason when it is no such text.
 */
export async function decodeText(
  bytes: Uint8Array<ArrayBuffer>,
  sizeLimit: number,
): Promise<{ text: string } | { reason: string }> {
  const unpacked = startsWith(bytes, GZIP)
    ? await gunzip(bytes, sizeLimit)
    : bytes;
  if ("reason" in unpacked) return unpacked;
  const text = LENIENT.decode(unpacked);
  if (text.includes(REPLACEMENT) && !isUtf8(unpacked)) {
    if (startsWith(unpacked, ZIP)) {
      return { reason: "the file is a ZIP archive" };
    }
    const isUtf16 = startsWith(unpacked, [0xff, 0xfe]) ||
      startsWith(unpacked, [0xfe, 0xff]);
    return {
      reason: isUtf16
        ? "the file is UTF-16; save it as UTF-8"
        : "the file is not a UTF-8 text",
    };
  }
  return { text };
}

const GZIP = [0x1f, 0x8b];
const ZIP = [0x50, 0x4b, 0x03, 0x04];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** Drops a byte order mark, and takes two thirds of the time that a strict one takes. */
const LENIENT = new TextDecoder("utf-8");
/** What it writes for bytes that are no UTF-8; a text may also hold it. */
const REPLACEMENT = "\ufffd";

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What becomes of gzip members one behind the other, or why nothing does. */
async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  sizeLimit: number,
): Promise<Uint8Array | { reason: string }> {
  // Loaded here: most files are not packed.
  const { gunzip } = await import("node:zlib");
  const { promise, resolve } = Promise.withResolvers<
    Uint8Array | { reason: string }
  >();
  // It stops at the limit: a megabyte may unpack to a thousand.
  gunzip(bytes, { maxOutputLength: sizeLimit }, (error, content) => {
    if (error === null) return resolve(content);
    const limit = sizeLimit / 1024 / 1024;
    const isTooLarge = (error as { code?: string }).code ===
      "ERR_BUFFER_TOO_LARGE";
    resolve({
      reason: isTooLarge
        ? `the gzip file unpacks to more than ${limit} MiB`
        : "the gzip file is damaged",
    });
  });
  return await promise;
}
