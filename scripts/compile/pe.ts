/**
 * Repairs the header of a compiled Windows program. Deno 2.7.11 puts the
 * payload in as the last section and leaves two sizes wrong: the size of the
 * image stays that of the runtime as it was (where it is too small the program
 * crashes before any code runs), and the section ends within a block of the file.
 */
const DOS_MAGIC = 0x5a4d;
const PE_OFFSET_AT = 0x3c;
const PE_MAGIC = 0x4550;
const PE32_PLUS = 0x20b;

/** Offsets from the start of the PE header. */
const SECTION_COUNT = 6;
const OPTIONAL_BYTES = 20;
const OPTIONAL = 24;
/** Offsets within the optional header. */
const SECTION_ALIGNMENT = 32;
const FILE_ALIGNMENT = 36;
const IMAGE_BYTES = 56;
const HEADER_BYTES = 60;
/** Offsets within a section header. */
const SECTION_HEADER_BYTES = 40;
const VIRTUAL_BYTES = 8;
const VIRTUAL_ADDRESS = 12;
const RAW_BYTES = 16;
const RAW_OFFSET = 20;

/** The same program with sizes that the format allows, filled up with zeros. */
export function repairPe(
  program: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const { optional, sections } = headersOf(viewOf(program));
  const fileAlignment = viewOf(program).getUint32(
    optional + FILE_ALIGNMENT,
    true,
  );
  const repaired = new Uint8Array(alignedTo(fileAlignment, program.length));
  repaired.set(program);
  const view = viewOf(repaired);
  const read = (at: number) => view.getUint32(at, true);
  let imageBytes = read(optional + HEADER_BYTES);
  for (const section of sections) {
    const rawBytes = alignedTo(fileAlignment, read(section + RAW_BYTES));
    if (read(section + RAW_OFFSET) + rawBytes > repaired.length) {
      throw new Error("a section of this Windows program ends outside of it");
    }
    view.setUint32(section + RAW_BYTES, rawBytes, true);
    const bytes = read(section + VIRTUAL_BYTES) || rawBytes;
    const end = read(section + VIRTUAL_ADDRESS) + bytes;
    imageBytes = Math.max(imageBytes, end);
  }
  const alignment = read(optional + SECTION_ALIGNMENT);
  const whole = alignedTo(alignment, imageBytes);
  view.setUint32(optional + IMAGE_BYTES, whole, true);
  return repaired;
}

/** @throws when it is no 64-bit Windows program. */
function headersOf(view: DataView): { optional: number; sections: number[] } {
  const isDos = view.byteLength > PE_OFFSET_AT + 4 &&
    view.getUint16(0, true) === DOS_MAGIC;
  const pe = isDos ? view.getUint32(PE_OFFSET_AT, true) : Infinity;
  const optional = pe + OPTIONAL;
  const isPe = optional + HEADER_BYTES + 4 <= view.byteLength &&
    view.getUint32(pe, true) === PE_MAGIC &&
    view.getUint16(optional, true) === PE32_PLUS;
  if (!isPe) throw new Error("not a 64-bit Windows program");
  const first = optional + view.getUint16(pe + OPTIONAL_BYTES, true);
  const count = view.getUint16(pe + SECTION_COUNT, true);
  const sections = Array.from(
    { length: count },
    (_, index) => first + index * SECTION_HEADER_BYTES,
  );
  return { optional, sections };
}

function viewOf(bytes: Uint8Array<ArrayBuffer>): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function alignedTo(alignment: number, bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
