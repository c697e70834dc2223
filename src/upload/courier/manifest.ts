import {
  array,
  boolean,
  int,
  literal,
  nullable,
  object,
  optional,
  regex,
  safeParse,
  string,
  union,
} from "../../system/schema.ts";
import type { StoredForm } from "../../runs/stored_form.ts";

/**
 * The list of a bundle's documents. Its digests show damage; they are no
 * signature: whoever makes a bundle can list whatever they like.
 */
export interface Manifest {
  readonly exportedAt: string;
  /** The StandCloud that the stand works with; null when it knew none. */
  readonly address: string | null;
  /** By the run's digest. */
  readonly documents: ReadonlyMap<string, BundleDocument>;
}

export interface BundleDocument {
  /** The run's identity, by which the stand's ledger knows it. */
  readonly digest: string;
  /** Of the bytes in the bundle. */
  readonly sha256: string;
  readonly bytes: number;
  /** Where the stand had it from. */
  readonly source: string;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  readonly testStand: string | null;
  /** In which form the stand stored it; undefined in a bundle of an earlier version. */
  readonly form?: StoredForm | undefined;
  /** What all stored forms of the run have in common. */
  readonly runKey?: string | null | undefined;
  /** Where the stand stores that form. */
  readonly place?: string | null | undefined;
  /** It has "unknown" where the stand's own has nothing. */
  readonly isFilled: boolean;
  /** The stand had sent it without an answer, or exported it before. */
  readonly mayBeStored?: boolean | undefined;
  /** The bundle holds another run that seems to be the same: no other document is a form of this one. */
  readonly isLookAlike?: boolean | undefined;
}

const FORMAT = "standcloud bundle";
const VERSION = 1;

const sha256 = string().check(regex(/^[0-9a-f]{64}$/));

/** In receipts too. */
export const storedForm = union([
  literal("record"),
  literal("history"),
  literal("report"),
  literal("tempstore"),
]);

const head = object({ format: literal(FORMAT), version: int() });

const schema = object({
  format: literal(FORMAT),
  version: literal(VERSION),
  "exported_at": string(),
  address: nullable(string()),
  documents: array(object({
    digest: sha256,
    sha256,
    bytes: int(),
    source: string(),
    "serial_number": nullable(string()),
    "part_number": nullable(string()),
    "test_stand": nullable(string()),
    filled: boolean(),
    "may_be_stored": optional(boolean()),
    form: optional(storedForm),
    "run_key": optional(nullable(string())),
    place: optional(nullable(string())),
    "look_alike": optional(boolean()),
  })),
});

/** A line for each document. */
export function manifestText(
  { exportedAt, address }: Omit<Manifest, "documents">,
  documents: Iterable<BundleDocument>,
): string {
  const start = JSON.stringify({
    format: FORMAT,
    version: VERSION,
    "exported_at": exportedAt,
    address,
  });
  const lines = Array.from(documents, (document) =>
    JSON.stringify({
      digest: document.digest,
      sha256: document.sha256,
      bytes: document.bytes,
      source: document.source,
      "serial_number": document.serialNumber,
      "part_number": document.partNumber,
      "test_stand": document.testStand,
      filled: document.isFilled,
      form: document.form,
      "run_key": document.runKey,
      place: document.place,
      ...(document.mayBeStored && { "may_be_stored": true }),
      ...(document.isLookAlike && { "look_alike": true }),
    }));
  return `${start.slice(0, -1)},"documents":[\n${lines.join(",\n")}\n]}\n`;
}

/** The reason when the text is no manifest that this program knows. */
export function parseManifest(text: string): Manifest | { reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { reason: "it is not JSON" };
  }
  const known = safeParse(head, value);
  if (known.success && known.data.version !== VERSION) {
    return { reason: `it has version ${known.data.version}, unknown here` };
  }
  const parsed = safeParse(schema, value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.map(String).join("/") ?? "";
    const at = path === "" ? "" : ` (at /${path})`;
    return { reason: `it is no list of a bundle${at}` };
  }
  const documents = new Map<string, BundleDocument>();
  for (const one of parsed.data.documents) {
    if (documents.has(one.digest)) {
      return { reason: `it lists ${one.digest} twice` };
    }
    documents.set(one.digest, {
      digest: one.digest,
      sha256: one.sha256,
      bytes: one.bytes,
      source: one.source,
      serialNumber: one.serial_number,
      partNumber: one.part_number,
      testStand: one.test_stand,
      isFilled: one.filled,
      mayBeStored: one.may_be_stored,
      isLookAlike: one.look_alike,
      form: one.form,
      runKey: one.run_key,
      place: one.place,
    });
  }
  const { exported_at: exportedAt, address } = parsed.data;
  return { exportedAt, address, documents };
}
