/**
 * A program compiled by Deno for Linux is the runtime (denort) with a payload
 * appended. The last 24 bytes: a magic word, two u32 (not needed here), and a
 * u64 = how many bytes were appended, these 24 included; all little-endian.
 */
const MAGIC = "d3n0l4nd";
const TRAILER_BYTES = 24;
const LENGTH_OFFSET = 16;

/** The runtime of a compiled Linux program. Throws where there is no sound trailer. */
export function cutPayload(
  program: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  const start = program.length - TRAILER_BYTES;
  if (start <= 0) {
    throw new Error("not a compiled Deno program: too short for a trailer");
  }
  const trailer = program.subarray(start);
  const magic = new TextDecoder("latin1").decode(
    trailer.subarray(0, MAGIC.length),
  );
  if (magic !== MAGIC) {
    throw new Error("not a compiled Deno program: no trailer at its end");
  }
  const appended = new DataView(trailer.buffer, trailer.byteOffset)
    .getBigUint64(LENGTH_OFFSET, true);
  if (appended < TRAILER_BYTES || appended >= program.length) {
    throw new Error(
      `not a compiled Deno program: its trailer claims ${appended} bytes of ${program.length}`,
    );
  }
  return program.subarray(0, program.length - Number(appended));
}
