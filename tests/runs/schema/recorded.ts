import type { MutatedDocument } from "./documents.ts";

/** What the HardPy versions of `scripts/interop/versions.ts` said of a document. */
export interface RecordedDocument extends MutatedDocument {
  /** Versions that take it. */
  readonly accepted: readonly string[];
  /** By version, the difference for which ours judges otherwise. */
  readonly named?: Readonly<Record<string, string>>;
  /** Fingerprint of what they would send; left out where we mean to send something else. */
  readonly wire?: string;
}

const FILE = new URL("../../testdata/schema/recorded.jsonl", import.meta.url);

export function readRecorded(): RecordedDocument[] {
  return Deno.readTextFileSync(FILE).trimEnd().split("\n")
    .map((line) => JSON.parse(line));
}
