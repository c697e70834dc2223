import { AppError } from "../../../src/system/app_error.ts";
import { newFolder } from "../../../src/system/new_folder.ts";
import { openFolder } from "../../../src/system/folder_archive.ts";
import { openZip } from "../../../src/system/zip_file.ts";
import { newZip } from "../../../src/system/new_zip.ts";
import {
  type BundleDocument,
  manifestText,
} from "../../../src/upload/courier/manifest.ts";
import {
  documentName,
  MANIFEST,
  MANIFEST_DIGEST,
} from "../../../src/sources/bundle_names.ts";
import {
  type BundleLimits,
  openBundle,
} from "../../../src/upload/courier/open_bundle.ts";
import { sha256Of } from "../../../src/upload/courier/sha256.ts";
import { readRuns } from "../../../src/runs/read_runs.ts";
import { SIZE_LIMIT } from "../../../src/runs/size_limit.ts";
import { runFile } from "../../support/runs.ts";

export type Contents = [name: string, content: Uint8Array<ArrayBuffer>][];

/** A real run in wire form, and what a manifest says of it. */
export async function document(
  serial = "SN-1",
): Promise<{ bytes: Uint8Array<ArrayBuffer>; listed: BundleDocument }> {
  const json = JSON.parse(
    await Deno.readTextFile(runFile("minimum.jsonloader")),
  );
  json.dut.serial_number = serial;
  const [reading] = await readRuns(encoded(JSON.stringify(json)), SIZE_LIMIT);
  if (reading === undefined || !("run" in reading)) throw new Error("no run");
  const bytes = encoded(reading.run.wire());
  return {
    bytes,
    listed: {
      digest: reading.run.digest(),
      sha256: await sha256Of(bytes),
      bytes: bytes.length,
      source: "/runs/1.json",
      serialNumber: serial,
      partNumber: "PN",
      testStand: "stand",
      isFilled: false,
    },
  };
}

/** What a bundle with these documents holds; those that are only listed have no content. */
export async function contentsOf(
  documents: readonly {
    bytes?: Uint8Array<ArrayBuffer>;
    listed: BundleDocument;
  }[],
): Promise<Contents> {
  const manifest = encoded(manifestText(
    { exportedAt: "2026-11-24T10:00:00.000Z", address: null },
    documents.map(({ listed }) => listed),
  ));
  const line = `${await sha256Of(manifest)}  ${MANIFEST}\n`;
  return [
    ...documents.flatMap(({ bytes, listed }) =>
      bytes === undefined
        ? []
        : [[documentName(listed.digest), bytes] as Contents[number]]
    ),
    [MANIFEST, manifest],
    [MANIFEST_DIGEST, encoded(line)],
  ];
}

/** Writes a ZIP file with whatever names. */
export async function writeZip(
  path: string,
  contents: Contents,
): Promise<Uint8Array<ArrayBuffer>> {
  const zip = await newZip(path, new Date("2026-11-24T10:00:00Z"));
  for (const [name, content] of contents) await zip.add(name, content);
  await zip.finish();
  const bytes = await Deno.readFile(path);
  return bytes;
}

export async function writeFolder(
  path: string,
  contents: Contents,
): Promise<void> {
  const folder = await newFolder(path);
  for (const [name, content] of contents) await folder.add(name, content);
  await folder.finish();
}

/** The documents that would be sent, or why none is. */
export async function opened(
  path: string,
  limits: Partial<BundleLimits> = {},
): Promise<{ documents: string[] } | { code: string; message: string }> {
  const archive = path.endsWith(".zip")
    ? await openZip(path)
    : openFolder(path);
  await using _archive = archive;
  try {
    const signal = new AbortController().signal;
    const bundle = await openBundle(archive, path, { signal, limits });
    const documents: string[] = [];
    for await (const source of bundle.sources()) {
      const read = await source.read();
      documents.push(
        "reason" in read ? read.reason : new TextDecoder().decode(read.bytes),
      );
    }
    return { documents };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message } = error;
    return { code, message };
  }
}

export function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
