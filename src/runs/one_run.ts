import type { Examined } from "./examine.ts";
import type { Run } from "./run.ts";
import type { StoredForm } from "./stored_form.ts";

/**
 * HardPy leaves one run in up to five places, with several contents. Which
 * documents are one run, and which of them is the fullest?
 *
 * Documents with the same run key are one run if they have different stored
 * forms and their serial numbers agree. Two documents of the same form are two
 * runs, however alike they are, unless they are two states of one file.
 */
export interface StoredDocument {
  readonly form: StoredForm;
  /** The same for all states of one file; another one for each other file. */
  readonly place: string;
  /** A post-run function may set it after an earlier form was stored. */
  readonly serialNumber: string | null;
}

/** A document that is known to be of a run. */
export interface RunMember extends StoredDocument {
  readonly digest: string;
  /** Which run: the digest of the document that was known first. */
  readonly run: string;
}

/**
 * The run that a document belongs to.
 *
 * @param members documents with the same run key.
 * @returns undefined when the document is a run of its own.
 */
export function runOf(
  document: StoredDocument,
  members: readonly RunMember[],
): string | undefined {
  const runs = Map.groupBy(members, ({ run }) => run);
  const fitting = [...runs].filter(([, others]) =>
    others.every((other) => fits(document, other))
  );
  const [best] = fitting.toSorted(([, a], [, b]) =>
    sharedSerials(document, b) - sharedSerials(document, a)
  );
  return best?.[0];
}

function fits(one: StoredDocument, other: StoredDocument): boolean {
  const isOther = one.form === other.form && !isOneFile(one, other);
  return !isOther && haveOneSerial(one.serialNumber, other.serialNumber);
}

function isOneFile(one: StoredDocument, other: StoredDocument): boolean {
  // Each time stdin is read it is another file.
  return one.place === other.place && !one.place.startsWith("-");
}

/** Whether two documents can be about one device. */
function haveOneSerial(one: string | null, other: string | null): boolean {
  return !one?.trim() || !other?.trim() || one === other;
}

function sharedSerials(
  { serialNumber }: StoredDocument,
  others: readonly StoredDocument[],
): number {
  if (!serialNumber?.trim()) return 0;
  return others.some((other) => other.serialNumber === serialNumber) ? 1 : 0;
}

/**
 * How much of its run a form lacks. A history file lacks all that post-run
 * functions set, the record lacks the names that HardPy fills.
 */
const LACKS: Record<StoredForm, number> = {
  report: 0,
  tempstore: 0,
  record: 1,
  history: 2,
};

/** 0: nothing is fuller. */
export function lackOf(form: StoredForm): number {
  return LACKS[form];
}

export function isFuller(one: StoredForm, than: StoredForm): boolean {
  return LACKS[one] < LACKS[than];
}

/** The fullest forms first; others stay in their order. */
export function fullestFirst<T>(
  documents: readonly T[],
  formOf: (document: T) => StoredForm | undefined,
): T[] {
  const lack = (document: T) => {
    const form = formOf(document);
    return form === undefined ? 0 : LACKS[form];
  };
  return documents.toSorted((a, b) => lack(a) - lack(b));
}

/** Whether a file holds the same run, perhaps in a later state. */
export function areSameRun(
  one: readonly Examined[],
  other: readonly Examined[],
): boolean {
  const [a, b] = [one[0]?.run, other[0]?.run];
  return a?.key !== undefined && a.key === b?.key &&
    haveOneSerial(a.serialNumber, b.serialNumber);
}

/** Names a run in all states of its file; null if nothing tells it from others. */
export function stateName(run: Run, source: string): string | null {
  return run.key === undefined ? null : `${run.key} ${source}`;
}

/**
 * The documents of a file that holds several, such as a recorded feed of
 * HardPy's database, without earlier states of one record.
 */
export function latestStates(
  documents: readonly Examined[],
): readonly Examined[] {
  if (documents.length < 2) return documents;
  const latest = new Map<string, Examined>();
  for (const one of documents) latest.set(recordName(one), one);
  return documents.filter((one) => latest.get(recordName(one)) === one);
}

/** The same for all states of a record in one run; else each its own. */
function recordName({ source, run }: Examined): string {
  if (run?.form !== "record") return `source ${source}`;
  const { _id: id, start_time: start } = run.value;
  return `record ${id} ${start}`;
}

/** Where a document is stored, if its source does not tell it: a record in a file of several. */
export function placeIn(
  { source, file }: Pick<Examined, "source" | "file">,
  run: Run,
): string | null {
  const isAmongOthers = source !== file;
  return isAmongOthers && run.form === "record"
    ? `record ${run.value["_id"]}`
    : null;
}
