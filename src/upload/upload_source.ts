import type { RunSource } from "../runs/examine.ts";
import type { StoredForm } from "../runs/stored_form.ts";
import type { Entry, EntryKey } from "./ledger/entry.ts";

/** A file, or stdin, whose run documents are to be uploaded. */
export interface UploadSource extends RunSource {
  /** Of the run that it holds, where that is known: one of a bundle. */
  readonly digest?: string;
  /** In which form its stand stored the run, if its content does not show that any more. */
  readonly form?: StoredForm | undefined;
  /** In a bundle: its stand has written it as it is to be sent. */
  readonly isAsSent?: boolean;
  /** In a bundle: its stand had given it away before. */
  readonly mayBeStored?: boolean | undefined;
  /** It was sent with "unknown" where a mandatory field is missing. */
  readonly isFilled?: boolean;
  /** In a folder that was named; false: the file itself was. */
  readonly isFound: boolean;
  /** HardPy's own record of the current run, as the file holds it now. */
  readonly isLive?: boolean;
  /** HardPy's record or its history: the file is left where it is. */
  readonly isHardpys?: boolean;
  /** The ledger keeps its run so; not any more when a later state of the run has taken its place. */
  readonly heldAs?: EntryKey | undefined;
  /** Begins to read it, so that it is there when it is asked for; a large one is left for then. */
  readAhead?(): void;
  /** Its documents are counted as they were read last: what is written from now on is a change. */
  count?(): void;
  /** Nobody has written to it since it was read, or counted, as far as anybody has looked. */
  isUnchanged(): Promise<boolean>;
  /** How long nobody has written to it, in milliseconds; undefined when it is no file. */
  unchangedFor(): Promise<number | undefined>;
  /** Told when it was taken away before it could be read. */
  onGone?(): void;
  /** Gives the file once more, after a while, although nobody has changed it. */
  tryAgain?(): void;
}

/** Of a source that is no file: nobody can do anything with it afterwards. */
export const NO_FILE: Pick<UploadSource, "isUnchanged" | "unchangedFor"> = {
  isUnchanged: () => Promise.resolve(false),
  unchangedFor: () => Promise.resolve(undefined),
};

/** A document that the ledger keeps, in wire form. */
export function keptSource(
  name: string,
  wire: string,
  { isFilled = false, form = null }: Partial<Pick<Entry, "isFilled" | "form">> =
    {},
): UploadSource {
  const bytes = new TextEncoder().encode(wire);
  return {
    name,
    isFilled,
    form: form ?? undefined,
    isFound: false,
    ...NO_FILE,
    read: () => Promise.resolve({ bytes }),
  };
}
