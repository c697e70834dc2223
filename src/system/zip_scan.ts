/** What reads parts of a file. */
export interface PartReader {
  readonly size: number;
  readUint8Array(index: number, length: number): Promise<Uint8Array>;
}

const PART = 64 * 1024;
/** Of the head that stands before each content of a ZIP file; a name follows it. */
const HEAD = 30;
const NAME = 256;

/**
 * The name of the last content that begins in a ZIP file whose list is missing
 * or damaged: where a file that was cut off ends. Undefined when there is none.
 */
export async function lastEntryName(
  reader: PartReader,
): Promise<string | undefined> {
  for (let end = reader.size; end > 0; end -= PART) {
    const start = Math.max(0, end - PART);
    const part = await reader.readUint8Array(
      start,
      Math.min(reader.size, end + HEAD + NAME) - start,
    );
    for (let at = Math.min(end - start, part.length) - 1; at >= 0; at--) {
      const name = nameAt(part, at);
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

/** `PK`, 3, 4, and at offset 26 the length of the name. */
function nameAt(bytes: Uint8Array, at: number): string | undefined {
  const isHead = bytes[at] === 0x50 && bytes[at + 1] === 0x4b &&
    bytes[at + 2] === 3 && bytes[at + 3] === 4;
  if (!isHead || at + HEAD > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at);
  const length = view.getUint16(26, true);
  const name = bytes.subarray(at + HEAD, at + HEAD + length);
  // Itself cut off, or none of ours.
  if (name.length < length || length > NAME) return undefined;
  return new TextDecoder().decode(name);
}
