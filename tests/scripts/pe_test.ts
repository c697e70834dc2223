import assert from "node:assert/strict";
import { compileBundle } from "../../scripts/compile/build.ts";
import { repairPe } from "../../scripts/compile/pe.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const PE = 0x80;
const OPTIONAL = PE + 24;
const OPTIONAL_BYTES = 112;

interface Section {
  readonly virtual: readonly [address: number, bytes: number];
  readonly raw: readonly [offset: number, bytes: number];
}

/** A Windows program of two sections, the last of which is the payload. */
function program(
  { last, imageBytes = 0x2000, magic = 0x20b, length }: {
    last: Section;
    imageBytes?: number;
    magic?: number;
    length?: number;
  },
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length ?? last.raw[0] + last.raw[1]).fill(7);
  const view = new DataView(bytes.buffer);
  bytes.fill(0, 0, 0x400);
  view.setUint16(0, 0x5a4d, true);
  view.setUint32(0x3c, PE, true);
  view.setUint32(PE, 0x4550, true);
  view.setUint16(PE + 6, 2, true);
  view.setUint16(PE + 20, OPTIONAL_BYTES, true);
  view.setUint16(OPTIONAL, magic, true);
  view.setUint32(OPTIONAL + 32, 0x1000, true);
  view.setUint32(OPTIONAL + 36, 0x200, true);
  view.setUint32(OPTIONAL + 56, imageBytes, true);
  view.setUint32(OPTIONAL + 60, 0x400, true);
  const first: Section = { virtual: [0x1000, 0x123], raw: [0x400, 0x200] };
  [first, last].forEach(({ virtual, raw }, index) => {
    const at = OPTIONAL + OPTIONAL_BYTES + 40 * index;
    [virtual[1], virtual[0], raw[1], raw[0]].forEach((value, field) =>
      view.setUint32(at + 8 + 4 * field, value, true)
    );
  });
  return bytes;
}

/** What the format (PE/COFF) asks of the sizes that the repair is about. */
function requireAllowed(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  const pe = view.getUint32(0x3c, true);
  const optional = pe + 24;
  const read = (at: number) => view.getUint32(at, true);
  const [sectionAlignment, fileAlignment, imageBytes] = [32, 36, 56].map((at) =>
    read(optional + at)
  ) as [number, number, number];
  assert.equal(imageBytes % sectionAlignment, 0, "SizeOfImage");
  let end = read(optional + 60);
  const first = optional + view.getUint16(pe + 20, true);
  for (let index = 0; index < view.getUint16(pe + 6, true); index++) {
    const section = first + 40 * index;
    const [size, address, rawBytes, rawOffset] = [8, 12, 16, 20].map((at) =>
      read(section + at)
    ) as [number, number, number, number];
    assert.equal(address % sectionAlignment, 0, "VirtualAddress");
    assert.ok(address >= end, "sections overlap");
    end = address + (size || rawBytes);
    assert.equal(rawBytes % fileAlignment, 0, "SizeOfRawData");
    assert.equal(rawOffset % fileAlignment, 0, "PointerToRawData");
    assert.ok(rawOffset + rawBytes <= bytes.length, "the file is too short");
  }
  const covered = Math.ceil(end / sectionAlignment) * sectionAlignment;
  assert.equal(imageBytes, covered, "SizeOfImage covers the sections");
}

const LAST: Section = { virtual: [0x2000, 0x5001], raw: [0x600, 0x4b9] };

for (
  const [what, made] of Object.entries({
    "is too small": program({ last: LAST }),
    "is too large": program({ last: LAST, imageBytes: 0x1_0000 }),
    "is no multiple": program({ last: LAST, imageBytes: 0x7123 }),
    "leaves out a section without a virtual size": program({
      last: { ...LAST, virtual: [0x2000, 0] },
    }),
  })
) {
  Deno.test(`repairPe() mends a size of the image that ${what}`, () => {
    assert.throws(() => requireAllowed(made));
    const repaired = repairPe(made);
    requireAllowed(repaired);
    assert.deepEqual(
      repaired.subarray(0x400, made.length),
      made.subarray(0x400),
    );
    assert.ok(repaired.subarray(made.length).every((byte) => byte === 0));
    assert.deepEqual(repairPe(repaired), repaired);
  });
}

Deno.test("repairPe() refuses a section that ends outside of the file", () => {
  const cut = program({ last: LAST, length: 0x800 });
  assert.throws(() => repairPe(cut), /outside/);
});

Deno.test("repairPe() refuses what is no 64-bit Windows program", () => {
  for (
    const bytes of [
      new Uint8Array(10),
      new Uint8Array(2000),
      program({ last: LAST, magic: 0x10b }),
    ]
  ) assert.throws(() => repairPe(bytes), /not a 64-bit Windows program/);
});

// The payload of the runtime's own package has 2 MB; the header was made for it.
for (const [what, characters] of [["small", 1], ["large", 4e6]] as const) {
  Deno.test(`compileBundle() makes a Windows program with a sound header around a ${what} payload`, async () => {
    await using folder = await TemporaryFolder.make();
    const entry = folder.join("main.js");
    const text = `console.log("${"x".repeat(characters)}");`;
    await Deno.writeTextFile(entry, text);
    const { output } = await compileBundle({ entry }, {
      output: folder.join("program.exe"),
      target: "x86_64-pc-windows-msvc",
      log: () => {},
    });
    requireAllowed(await Deno.readFile(output));
  });
}
