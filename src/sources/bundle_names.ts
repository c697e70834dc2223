import { basename } from "node:path";

/** What is in a bundle: the list of its documents, the list's own digest, the documents. */
export const MANIFEST = "standcloud-manifest.json";
/** As `sha256sum -c` reads it. */
export const MANIFEST_DIGEST = `${MANIFEST}.sha256`;
export const DOCUMENTS = "standcloud-documents";

const RECEIPTS = ".receipts.jsonl";

export function documentName(digest: string): string {
  return `${DOCUMENTS}/${digest}.json`;
}

/** What a document of a bundle is called when it is sent. */
export function sourceName(bundle: string, digest: string): string {
  return `${bundle}#${digest}.json`;
}

/** The bundle that a source of that name is in. */
export function bundleOf(source: string): string | undefined {
  return /^(.+)#[0-9a-f]{64}\.json$/.exec(source)?.[1];
}

/** Beside the bundle: where its receipts are. */
export function receiptsPath(bundle: string): string {
  return bundle.replace(/\.zip$/i, "") + RECEIPTS;
}

export function isZipName(path: string): boolean {
  return path.toLowerCase().endsWith(".zip");
}

/** Files that travel with a bundle and are no run documents. */
export function isCourierFile(path: string): boolean {
  return basename(path) === MANIFEST || path.endsWith(RECEIPTS);
}
