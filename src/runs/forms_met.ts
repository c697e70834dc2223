import type { StoredForm } from "./stored_form.ts";
import {
  isFuller,
  type RunMember,
  runOf,
  type StoredDocument,
} from "./one_run.ts";

/** A document that may be one of several stored forms of its run. */
export interface MetDocument extends Omit<StoredDocument, "place"> {
  readonly digest: string;
  readonly source: string;
  /** Default: the source. */
  readonly place?: string | null | undefined;
  /** Null if nothing tells the run from others: then no other form is known. */
  readonly runKey?: string | null | undefined;
}

interface MetMember extends RunMember {
  readonly source: string;
}

/** The documents that one command has met, by the runs that they are forms of. */
export class FormsMet {
  readonly #byKey = new Map<string, Map<string, MetMember>>();
  readonly #byDigest = new Map<string, MetDocument>();

  /** A later state of the same file takes the place of an earlier one. */
  add(document: MetDocument): void {
    const { runKey, digest, form, source, serialNumber } = document;
    const place = placeOf(document);
    const known = { digest, form, source, place, serialNumber };
    this.#byDigest.set(digest, { ...known, runKey });
    if (!runKey) return;
    const met = this.#byKey.get(runKey) ?? new Map<string, MetMember>();
    this.#byKey.set(runKey, met);
    const run = this.#runOf(document, met) ?? digest;
    met.set(place, { ...known, run });
  }

  delete(document: MetDocument): void {
    const { runKey, digest } = document;
    this.#byDigest.delete(digest);
    const met = this.#byKey.get(runKey ?? "");
    met?.delete(placeOf(document));
    if (met?.size === 0) this.#byKey.delete(runKey ?? "");
  }

  forget(digest: string): void {
    const document = this.#byDigest.get(digest);
    if (document !== undefined) this.delete(document);
  }

  /** Whether the document, or another form of its run, was met. */
  has(document: MetDocument): boolean {
    return this.#byDigest.has(document.digest) ||
      this.othersOf(document).length > 0;
  }

  /** Other forms of the document's run. */
  othersOf(document: MetDocument): MetMember[] {
    const met = this.#byKey.get(document.runKey ?? "");
    if (met === undefined) return [];
    const run = this.#runOf(document, met);
    return [...met.values()].filter((one) =>
      one.run === run && one.digest !== document.digest
    );
  }

  #runOf(
    document: MetDocument,
    met: ReadonlyMap<string, MetMember>,
  ): string | undefined {
    const members = [...met.values()];
    return members.find(({ digest }) => digest === document.digest)?.run ??
      runOf({ ...document, place: placeOf(document) }, members);
  }
}

function placeOf({ place, source }: MetDocument): string {
  return place ?? source;
}

/** Nothing is fuller than a report: it need not be compared with what was met. */
const FULLEST: readonly StoredForm[] = ["report", "tempstore"];
/** And nothing is less full than a history file: no other document waits for it. */
const LEAST: StoredForm = "history";

/**
 * The fuller forms that an upload has at hand, so that a lesser form of the
 * same run is not sent in their place.
 */
export class FullerForms {
  readonly #underWay = new FormsMet();
  readonly #waiting = new FormsMet();

  /** It is being sent, or will be soon. */
  begin(document: MetDocument): void {
    if (document.form !== LEAST) this.#underWay.add(document);
  }

  /** @param isWaiting it is not sent now, and still to be sent. */
  end(document: MetDocument, { isWaiting }: { isWaiting: boolean }): void {
    if (document.form === LEAST) return;
    this.#underWay.delete(document);
    if (isWaiting) this.#waiting.add(document);
    else this.#waiting.delete(document);
  }

  /** Its document is not there any more: a lesser form may be sent in its place. */
  forget(digest: string): void {
    this.#underWay.forget(digest);
    this.#waiting.forget(digest);
  }

  /** What a lesser form of a run has to leave to a fuller one. */
  stateOf(document: MetDocument): "under way" | "waiting" | undefined {
    if (FULLEST.includes(document.form)) return undefined;
    const hasFuller = (met: FormsMet) =>
      met.othersOf(document).some(({ form }) => isFuller(form, document.form));
    if (hasFuller(this.#underWay)) return "under way";
    return hasFuller(this.#waiting) ? "waiting" : undefined;
  }
}
