/**
 * Takes the payload out of a compiled macOS program. Deno adds one and looks up
 * one; a second beside the first would leave the first program running.
 *
 * On Intel the payload is appended behind a sentinel. On ARM it is a segment of
 * its own, found by name: the segment is renamed and blanked, since removing it
 * would mean relocating everything behind it.
 */
const SENTINEL = "<~sui-data~>\xef\xbe\xad\xde";
const SEGMENT = "__SUI";
const SECTION = "d3n0l4nd";
const RETIRED = "__UNUSED";

const MAGIC_64 = 0xfeedfacf;
const HEADER_BYTES = 32;
const SEGMENT_COMMAND = 0x19;
const SEGMENT_COMMAND_BYTES = 72;
const NAME_BYTES = 16;

export function cutIntelPayload(
  program: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const at = lastIndexOf(program, bytesOf(SENTINEL));
  if (at < 0) throw new Error("no payload in this macOS program");
  return program.subarray(0, at);
}

export function blankArmPayload(
  program: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const base = program.slice();
  const view = new DataView(base.buffer);
  for (const command of segmentCommands(view)) {
    const section = command + SEGMENT_COMMAND_BYTES;
    const found = nameAt(base, command + 8) === SEGMENT &&
      nameAt(base, section) === SECTION;
    if (!found) continue;
    const size = Number(view.getBigUint64(section + 40, true));
    const offset = view.getUint32(section + 48, true);
    if (offset + size > base.length) {
      throw new Error("the payload of this macOS program ends outside of it");
    }
    base.fill(0, offset, offset + size);
    for (const name of [command + 8, section, section + NAME_BYTES]) {
      base.fill(0, name, name + NAME_BYTES).set(bytesOf(RETIRED), name);
    }
    return base;
  }
  throw new Error("no payload in this macOS program");
}

function* segmentCommands(view: DataView): Generator<number> {
  if (view.byteLength < HEADER_BYTES || view.getUint32(0, true) !== MAGIC_64) {
    throw new Error("not a 64-bit macOS program");
  }
  let offset = HEADER_BYTES;
  for (let left = view.getUint32(16, true); left > 0; left--) {
    if (view.getUint32(offset, true) === SEGMENT_COMMAND) yield offset;
    offset += view.getUint32(offset + 4, true);
  }
}

function nameAt(bytes: Uint8Array, offset: number): string {
  const field = bytes.subarray(offset, offset + NAME_BYTES);
  return new TextDecoder("latin1").decode(field).replace(/\0+$/, "");
}

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function lastIndexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  const first = wanted[0] ?? 0;
  let at = bytes.lastIndexOf(first);
  while (at >= 0) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
    at = at === 0 ? -1 : bytes.lastIndexOf(first, at - 1);
  }
  return -1;
}
