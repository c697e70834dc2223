import { examine, type Examined } from "../../runs/examine.ts";
import { lackOf, latestStates } from "../../runs/one_run.ts";
import type { System } from "../../system/system.ts";
import { digestOf, type Prepared } from "./prepare.ts";
import type { UploadSource } from "./upload_source.ts";

/** Documents of a file that come once more. */
export interface PutOff<File> {
  readonly source: UploadSource;
  readonly file: File;
  readonly digests: Set<string>;
}

/**
 * In which order documents are sent: reports, records, history files, and at
 * last what seems to be another form of a run that is known already. Which one
 * it is shows only when all others have been seen: two runs may look alike.
 */
const PHASES = [0, 1, 2, 3] as const;
type Phase = typeof PHASES[number];
const LAST: Phase = 3;

/** Puts documents off until others have been seen. */
export class Turns<File> {
  readonly #joins: (prepared: Prepared) => boolean;
  readonly #files = new Map<File, PutOff<File>>();
  /** A watch has no end. These documents were put off once, and are sent the next time. */
  readonly #seen = new Set<string>();
  #phase: Phase = 0;

  /** @param joins whether a document would be taken for another form of a run that is known. */
  constructor(joins: (prepared: Prepared) => boolean) {
    this.#joins = joins;
  }

  /** @param options.isHeld whether a rule holds the document back. */
  isForLater(
    prepared: Prepared,
    source: UploadSource,
    { isHeld }: { readonly isHeld: boolean },
  ): boolean {
    // It may be a later state of a run that the ledger keeps, and that is sent now.
    if (source.kind === "kept") return isHeld && this.#phase < LAST;
    const phase = Math.max(this.#phase, phaseOf(source));
    if (phase === LAST) return false;
    const isLater = lackOf(prepared.form) > phase || this.#joins(prepared);
    if (!isLater || source.tryAgain === undefined) return isLater;
    const name = `${prepared.digest} ${source.name}`;
    if (this.#seen.delete(name)) return false;
    this.#seen.add(name);
    source.tryAgain();
    return true;
  }

  putOff(source: UploadSource, file: File, digest: string): void {
    const known = this.#files.get(file);
    if (known !== undefined) known.digests.add(digest);
    else this.#files.set(file, { source, file, digests: new Set([digest]) });
  }

  /** What comes now; each time of a later phase, until nothing is left. */
  *next(): Generator<readonly PutOff<File>[]> {
    for (const phase of PHASES.slice(1)) {
      this.#phase = phase;
      const files = [...this.#files.values()];
      this.#files.clear();
      if (files.length > 0) yield files;
    }
  }
}

/** HardPy's own files come last of all that the user named. */
function phaseOf(source: UploadSource): Phase {
  switch (source.kind) {
    case "live":
      return 1;
    case "file":
      return source.isHardpys ? 2 : 0;
    case "couchdb":
      return source.isRecord ? 1 : source.isHistory ? 2 : 0;
    default:
      return 0;
  }
}

/** Reads the documents of a file once more; `lost` of them are not there any more. */
export async function documentsOf(
  { source, digests }: Pick<PutOff<unknown>, "source" | "digests">,
  { clock }: System,
): Promise<{ found: readonly Examined[]; lost: number }> {
  const missing = new Set(digests);
  const examined = await examine(source, { now: clock.now() });
  const found = latestStates(examined).filter((one) =>
    missing.delete(digestOf(one, source) ?? "")
  );
  return { found, lost: missing.size };
}
