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
  if (unpacked === undefined) {
    return { reason: "the gzip file is damaged, or unpacks to too much" };
  }
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

async function gunzip(
  bytes: Uint8Array<ArrayBuffer>,
  sizeLimit: number,
): Promise<Uint8Array | undefined> {
  const stream = new Blob([bytes]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > sizeLimit) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
