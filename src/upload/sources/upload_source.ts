import type { RunSource } from "../../runs/examine.ts";
import type { StoredForm } from "../../runs/stored_form.ts";
import type { BundleDocument } from "../courier/manifest.ts";
import type { Report } from "../report/report.ts";
import type { Entry, EntryKey } from "../ledger/entry.ts";

/** Where run documents to be uploaded come from. */
export type UploadSource =
  | FileSource
  | LiveSource
  | StdinSource
  | KeptSource
  | BundleSource
  | CouchdbSource;

interface Common extends RunSource {
  /** Gives the source once more, after a while, although nobody has changed it. */
  tryAgain?(): void;
  /** Told when all its documents are done, or are to be tried again. */
  onEnd?(reports?: readonly Report[]): Promise<void>;
  /** Another stand has begun to send its runs: look before they are sent. */
  readonly mayBeStored?: boolean;
}

/** What HardPy may still write to. */
interface Written extends Common {
  /** In a folder or a database that was named; false: the file itself was. */
  readonly isFound: boolean;
  /** How long nobody has written to it, in milliseconds; undefined when it is not there. */
  unchangedFor(): Promise<number | undefined>;
  /** Told when it was taken away before it could be read. */
  onGone?(): void;
}

/** What can be done with a file on a disk. */
export interface OnDisk extends Written {
  /** HardPy's record or its history: the file is left where it is. */
  readonly isHardpys: boolean;
  /** Something is done to the file when it is done. */
  readonly isTracked: boolean;
  /** The whole path, without links, of the folder in which it was found; undefined: the file was named. */
  readonly within: string | undefined;
  /** Begins to read it, so that it is there when it is asked for; a large one is left for then. */
  readAhead(): void;
  /** Its documents are counted as they were read last: what is written from now on is a change. */
  count(): void;
  /** Nobody has written to it since it was read, or counted, as far as anybody has looked. */
  isUnchanged(): Promise<boolean>;
}

export interface FileSource extends OnDisk {
  readonly kind: "file";
}

/** HardPy's own record of the current run, as the file holds it now. */
export interface LiveSource extends OnDisk {
  readonly kind: "live";
  /** Its whole path, without links. */
  readonly place: string;
  /** The ledger keeps its run so; not any more when a later state of the run has taken its place. */
  readonly heldAs?: EntryKey | undefined;
}

/** A document of HardPy's CouchDB. */
export interface CouchdbSource extends Written {
  readonly kind: "couchdb";
  /** HardPy's record of its current run, which its next run replaces. */
  readonly isRecord: boolean;
  /** It lacks what post-run functions set. */
  readonly isHistory: boolean;
  /** As of a `LiveSource`. */
  readonly heldAs?: EntryKey | undefined;
}

export interface StdinSource extends Common {
  readonly kind: "stdin";
}

/** A document that the ledger keeps, in wire form. */
export interface KeptSource extends Common {
  readonly kind: "kept";
  /** It was sent with "unknown" where a mandatory field is missing. */
  readonly isFilled: boolean;
  /** In which form its stand stored the run; null in a ledger of an earlier version. */
  readonly form: StoredForm | null;
}

/** A document of a bundle. */
export interface BundleSource extends Common {
  readonly kind: "bundle";
  /** The path of the bundle. */
  readonly bundle: string;
  readonly document: BundleDocument;
}

/** The runs that an upload sends. */
export interface UploadSources {
  /** Asked for the next one only when there is room for it. */
  readonly all: AsyncIterable<UploadSource>;
  /** Files that are looked at as soon as they change, whatever the others wait for. */
  readonly live?: AsyncIterable<LiveSource | CouchdbSource> | undefined;
  /** Only these reports are meant, and each of them is, also one that was rejected. */
  readonly only?: ReadonlyMap<string, Entry> | undefined;
  /** Aborted with the `AppError` for which nothing more is to be sent. */
  readonly until?: AbortSignal | undefined;
}

/** Whether the source is a file on a disk. */
export function isOnDisk(
  source: UploadSource,
): source is FileSource | LiveSource {
  return source.kind === "file" || source.kind === "live";
}

/** Whether HardPy may still write to the source, or take it away. */
export function isWritten(
  source: UploadSource,
): source is FileSource | LiveSource | CouchdbSource {
  return isOnDisk(source) || source.kind === "couchdb";
}

/** Whether the source is HardPy's record of its current run. */
export function isLive(
  source: UploadSource,
): source is LiveSource | CouchdbSource {
  return source.kind === "live" || source.kind === "couchdb" && source.isRecord;
}

/** A document that the ledger keeps, in wire form. */
export function keptSource(
  name: string,
  wire: string,
  { isFilled = false, form = null }:
    & Partial<Pick<Entry, "isFilled">>
    & { readonly form?: StoredForm | null | undefined } = {},
): KeptSource {
  const bytes = new TextEncoder().encode(wire);
  return {
    kind: "kept",
    name,
    isFilled,
    form,
    read: () => Promise.resolve({ bytes }),
  };
}
