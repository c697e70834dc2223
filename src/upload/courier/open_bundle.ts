import { AppError, messageOf } from "../../system/app_error.ts";
import { DiskFault } from "../../system/disk_fault.ts";
import {
  type Archive,
  ArchiveDamage,
  type ArchiveEntry,
  EntryTooLarge,
} from "../../system/archive.ts";
import { readRuns } from "../../runs/read_runs.ts";
import { SIZE_LIMIT } from "../../runs/size_limit.ts";
import type { BundleSource } from "../sources/upload_source.ts";
import type { BundleDocument, Manifest } from "./manifest.ts";
import { parseManifest } from "./manifest.ts";
import {
  documentName,
  MANIFEST,
  MANIFEST_DIGEST,
  sourceName,
} from "../../sources/bundle_names.ts";
import { sha256Of } from "./sha256.ts";

/** A bundle every byte of which was found to be what was exported. */
export interface Bundle {
  readonly path: string;
  readonly manifest: Manifest;
  sources(): AsyncGenerator<BundleSource>;
}

export interface BundleLimits {
  /** Of one document, and of the manifest, in bytes. */
  readonly entryBytes: number;
  /** Of all documents. */
  readonly totalBytes: number;
  readonly documents: number;
}

const LIMITS: BundleLimits = {
  entryBytes: SIZE_LIMIT,
  totalBytes: 64 * 1024 * 1024 * 1024,
  documents: 1_000_000,
};

export interface OpenBundleOptions {
  readonly signal: AbortSignal;
  readonly limits?: Partial<BundleLimits>;
}

/**
 * Checks a bundle as a whole: all its documents are there, unchanged, and
 * nothing else. One document is in memory at a time.
 *
 * @param path as the user would write it.
 * @throws `bundle_damaged` with the name of the entry, `input_unreadable` for what is no bundle.
 */
export async function openBundle(
  archive: Archive,
  path: string,
  { signal, limits = {} }: OpenBundleOptions,
): Promise<Bundle> {
  const check = new BundleCheck(archive, { ...LIMITS, ...limits });
  try {
    const manifest = await check.manifest();
    await check.documents(manifest, signal);
    const bundle: Bundle = {
      path,
      manifest,
      sources: () => sourcesOf(bundle, archive),
    };
    return bundle;
  } catch (error) {
    if (!(error instanceof ArchiveDamage)) throw error;
    throw check.isBundle ? damaged(path, error) : noBundle(path, error);
  }
}

class BundleCheck {
  readonly #archive: Archive;
  readonly #limits: BundleLimits;
  /** Something of a bundle was found. */
  isBundle = false;

  constructor(archive: Archive, limits: BundleLimits) {
    this.#archive = archive;
    this.#limits = limits;
  }

  async manifest(): Promise<Manifest> {
    const found = new Map<string, ArchiveEntry>();
    const names = new Set<string>();
    try {
      for await (const entry of this.#archive.entries()) {
        const { name } = entry;
        if (names.has(name)) throw new ArchiveDamage("it is there twice", name);
        if (names.size > this.#limits.documents + 2) {
          throw new ArchiveDamage("there are too many documents", name);
        }
        names.add(name);
        if (isOurs(name)) this.isBundle = true;
        if (!name.includes("/")) found.set(name, entry);
      }
    } catch (error) {
      if (error instanceof ArchiveDamage && isOurs(error.entry ?? "")) {
        this.isBundle = true;
      }
      throw error;
    }
    const text = await this.#manifestText(found);
    const manifest = parseManifest(text);
    if ("reason" in manifest) {
      throw new ArchiveDamage(manifest.reason, MANIFEST);
    }
    for (const digest of manifest.documents.keys()) {
      const name = documentName(digest);
      if (!names.delete(name)) throw new ArchiveDamage("it is missing", name);
    }
    for (const name of names) {
      if (name === MANIFEST || name === MANIFEST_DIGEST) continue;
      throw new ArchiveDamage(`it is not in ${MANIFEST}`, name);
    }
    this.#measure(manifest);
    return manifest;
  }

  async #manifestText(found: Map<string, ArchiveEntry>): Promise<string> {
    const [manifest, digest] = [MANIFEST, MANIFEST_DIGEST].map((name) => {
      const entry = found.get(name);
      if (entry === undefined) throw new ArchiveDamage("it is missing", name);
      return entry;
    });
    const bytes = await manifest?.read(this.#limits.entryBytes) ?? EMPTY;
    const line = new TextDecoder().decode(await digest?.read(200) ?? EMPTY);
    if (line !== `${await sha256Of(bytes)}  ${MANIFEST}\n`) {
      const reason = `it does not fit ${MANIFEST_DIGEST}`;
      throw new ArchiveDamage(reason, MANIFEST);
    }
    return new TextDecoder().decode(bytes);
  }

  /** Before anything is unpacked. */
  #measure({ documents }: Manifest): void {
    let total = 0;
    for (const { digest, bytes } of documents.values()) {
      total += bytes;
      if (
        bytes <= this.#limits.entryBytes && total <= this.#limits.totalBytes
      ) {
        continue;
      }
      throw new ArchiveDamage("it is too large", documentName(digest));
    }
  }

  async documents({ documents }: Manifest, signal: AbortSignal): Promise<void> {
    for await (const { document, entry } of pairs(this.#archive, documents)) {
      signal.throwIfAborted();
      const bytes = await readSound(entry, document);
      if (document.isFilled) continue;
      if (!(await runDigestsOf(bytes)).includes(document.digest)) {
        throw new ArchiveDamage("it is another run than listed", entry.name);
      }
    }
  }
}

const EMPTY = new Uint8Array();

function isOurs(name: string): boolean {
  return name === MANIFEST || name === MANIFEST_DIGEST ||
    /^standcloud-documents\/[0-9a-f]{64}\.json$/.test(name);
}

async function* pairs(
  archive: Archive,
  documents: ReadonlyMap<string, BundleDocument>,
): AsyncGenerator<{ document: BundleDocument; entry: ArchiveEntry }> {
  for await (const entry of archive.entries()) {
    const document = documents.get(entry.name.slice(-69, -5));
    if (document !== undefined) yield { document, entry };
  }
}

async function readSound(
  entry: ArchiveEntry,
  { bytes, sha256 }: BundleDocument,
): Promise<Uint8Array<ArrayBuffer>> {
  const content = await entry.read(bytes).catch((error) => {
    if (error instanceof EntryTooLarge) return undefined;
    throw error;
  });
  if (content?.length !== bytes || await sha256Of(content) !== sha256) {
    throw new ArchiveDamage("it is not what was exported", entry.name);
  }
  return content;
}

/** Also the digest by which an earlier version of this program may have listed it. */
async function runDigestsOf(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const [reading, ...more] = await readRuns(bytes, SIZE_LIMIT);
  if (reading === undefined || !("run" in reading) || more.length > 0) {
    return [];
  }
  return [reading.run.digest(), ...reading.run.formerDigests()];
}

async function* sourcesOf(
  bundle: Bundle,
  archive: Archive,
): AsyncGenerator<BundleSource> {
  const { path, manifest: { documents } } = bundle;
  for await (const { document, entry } of pairs(archive, documents)) {
    yield {
      kind: "bundle",
      bundle: path,
      document,
      name: sourceName(path, document.digest),
      original: document.source,
      async read() {
        try {
          // Again: the stick may have been changed since.
          return { bytes: await readSound(entry, document) };
        } catch (error) {
          const reason = messageOf(error);
          return error instanceof DiskFault
            ? { reason, isDiskFault: true }
            : { reason };
        }
      },
    };
  }
}

function damaged(path: string, { entry, message }: ArchiveDamage): AppError {
  const where = entry === undefined ? "" : `, at "${entry}"`;
  return new AppError(
    "bundle_damaged",
    `The bundle "${path}" is damaged${where}: ${message}; nothing was sent`,
    { hints: ["copy it again from the stand, or export it again there"] },
  );
}

function noBundle(path: string, { message }: ArchiveDamage): AppError {
  return new AppError(
    "input_unreadable",
    `"${path}" is no bundle that upload --export has written (${message})`,
  );
}
