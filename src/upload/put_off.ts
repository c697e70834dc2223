import { examine, type Examined } from "../runs/examine.ts";
import { lackOf, latestStates } from "../runs/one_run.ts";
import type { System } from "../system/system.ts";
import type { FileTally } from "./file_tally.ts";
import type { UploadTarget } from "./target.ts";
import type { Prepared } from "./prepare.ts";
import { digestOf } from "./read_again.ts";
import type { UploadSource } from "./sources/upload_source.ts";

/** Documents of a file that come once more. */
export interface PutOff {
  readonly source: UploadSource;
  readonly file: FileTally;
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

/** Documents that others have to be seen before. */
export class PutOffDocuments {
  readonly #target: UploadTarget;
  readonly #files = new Map<FileTally, PutOff>();
  /** Of a watch, which has no end: what was put off once. */
  readonly #seen = new Set<string>();
  #phase: Phase = 0;

  constructor(target: UploadTarget) {
    this.#target = target;
  }

  isForLater(prepared: Prepared, source: UploadSource): boolean {
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

  /** It would be taken for another form of a run that is known. */
  #joins(prepared: Prepared): boolean {
    const { ledger, service } = this.#target;
    const key = { ...prepared, address: service.address.text };
    return ledger.find(key) === undefined &&
      ledger.otherForms(key).some(({ state }) => state !== "rejected");
  }

  add(source: UploadSource, file: FileTally, digest: string): void {
    const known = this.#files.get(file);
    if (known !== undefined) known.digests.add(digest);
    else this.#files.set(file, { source, file, digests: new Set([digest]) });
  }

  /** What comes now; each time of a later phase, until nothing is left. */
  *next(): Generator<readonly PutOff[]> {
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
    case "kept":
      return LAST;
    default:
      return 0;
  }
}

/** Reads the documents of a file once more; `lost` of them are not there any more. */
export async function documentsOf(
  { source, digests }: PutOff,
  { clock }: System,
): Promise<{ found: readonly Examined[]; lost: number }> {
  const missing = new Set(digests);
  const examined = await examine(source, { now: clock.now() });
  const found = latestStates(examined).filter((one) =>
    missing.delete(digestOf(one, source) ?? "")
  );
  return { found, lost: missing.size };
}
