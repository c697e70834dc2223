import { expectedStatus } from "../runs/check_run.ts";
import type { Examined } from "../runs/examine.ts";
import type { Run, RunIdentity } from "../runs/run.ts";
import { formOfPath, type StoredForm } from "../runs/stored_form.ts";
import type { EntryFacts, OnlyCopy } from "./ledger/entry.ts";
import { lookUpKey, lookUpRange } from "../standcloud/look_up.ts";
import { blankReport, type Report } from "./report/report.ts";
import { placeIn, stateName } from "../runs/one_run.ts";
import { isDatabaseUrl } from "../sources/couchdb/database_url.ts";
import { wholeName } from "../sources/whole_name.ts";
import type { UploadSource } from "./sources/upload_source.ts";

/** A run document that is ready to go. */
export interface Prepared extends EntryFacts {
  readonly digest: string;
  readonly form: StoredForm;
  /** Its digests in a ledger of an earlier version of this program, where there may be some. */
  readonly formerDigests: readonly string[];
  /** As it is sent. */
  readonly body: Uint8Array<ArrayBuffer>;
  /**
   * What came through stdin, or is in HardPy's record of the current run, which
   * the next run replaces: it may soon exist nowhere else.
   */
  readonly onlyCopy: OnlyCopy | undefined;
  readonly identity: RunIdentity;
  /** What is said of it so far. */
  readonly blank: Report;
}

export interface PrepareOptions {
  /** Put "unknown" where a mandatory field is missing. */
  readonly fillUnknown: boolean;
  /** Only these digests are meant, each as it was sent before. */
  readonly only?:
    | ReadonlyMap<string, Pick<EntryFacts, "isFilled">>
    | undefined;
  /** Of the run, where it is known already. */
  readonly digest?: string | undefined;
  /** In which form its stand stored it, if that does not show any more. */
  readonly form?: StoredForm | undefined;
  /** Of HardPy's record: without links. */
  readonly place?: string | undefined;
  /** It is written as it is to be sent. */
  readonly isAsSent?: boolean | undefined;
  /** It comes from a bundle, and its stand had sent it before. */
  readonly mayBeStored?: boolean | undefined;
  /** It is a run of its own, although it looks like a form of another one. */
  readonly isLookAlike?: boolean | undefined;
  /** So it was sent before. */
  readonly isFilled?: boolean | undefined;
  /** The ledger may know the run by its former digest. */
  readonly hasEntriesOfBefore: boolean;
  /** HardPy may still be writing the run: leave it. */
  readonly leaveUnfinished?: boolean;
  /** HardPy's next run takes its place, and the ledger does not have it yet. */
  readonly isOnlyCopy?: boolean | undefined;
}

/** What is to be done with a document. */
export type Preparation =
  | { readonly kind: "send"; readonly prepared: Prepared }
  /** A rule keeps it back, unless another form of the run is uploaded. */
  | { readonly kind: "held"; readonly prepared: Prepared }
  /** Nothing is sent. */
  | { readonly kind: "report"; readonly report: Report }
  /** It is no run: `note` says why. */
  | { readonly kind: "ignore"; readonly note?: string };

/** The document of a source. */
export function prepareFrom(
  examined: Examined,
  source: UploadSource,
  options: Pick<PrepareOptions, "fillUnknown" | "only" | "hasEntriesOfBefore">,
): Preparation {
  return prepare(examined, { ...options, ...knownOf(source) });
}

/** What a source tells of its documents beside their text. */
function knownOf(source: UploadSource): Partial<PrepareOptions> {
  switch (source.kind) {
    case "file":
      return { leaveUnfinished: source.isFound };
    case "live": {
      const { isFound: leaveUnfinished, heldAs, place } = source;
      return { leaveUnfinished, isOnlyCopy: heldAs === undefined, place };
    }
    case "kept": {
      const { isFilled, form, name } = source;
      return { isFilled, form: form ?? formOfPath(name) };
    }
    case "bundle": {
      const { digest, form, mayBeStored, isLookAlike } = source.document;
      // A bundle of an earlier version tells no form, and holds the stored document.
      const isAsSent = form !== undefined;
      return { digest, form, mayBeStored, isLookAlike, isAsSent };
    }
    case "couchdb": {
      const { isRecord, heldAs } = source;
      const isOnlyCopy = isRecord && heldAs === undefined;
      return { leaveUnfinished: true, isOnlyCopy };
    }
    case "stdin":
      return {};
  }
}

export function prepare(
  examined: Examined,
  options: PrepareOptions,
): Preparation {
  const { run } = examined;
  const blank = blankReport(examined);
  // NaN and Infinity are no JSON: nobody could read what was sent.
  if (run === undefined || run.pythonNumbers.length > 0) {
    return options.only === undefined
      ? { kind: "report", report: { ...blank, outcome: "invalid" } }
      : { kind: "ignore" };
  }
  const digest = digestIn(run, options);
  if (digest === undefined) return { kind: "ignore" };
  const report = { ...blank, digest };
  if (run.isRefusedStart || run.isCollection) {
    const reason = `"${examined.source}" ${NO_RUN}`;
    // An earlier version may have taken it for a run.
    return options.only === undefined
      ? { kind: "ignore", note: reason }
      : { kind: "report", report: { ...report, outcome: "invalid", reason } };
  }
  const isAmongOthers = examined.source !== examined.file;
  if ((options.leaveUnfinished || isAmongOthers) && !run.isFinished) {
    const reason = unfinished(examined.file);
    const isUnfinished = true;
    return { kind: "report", report: { ...report, isUnfinished, reason } };
  }
  const prepared = preparedRun(run, examined, { ...options, report });
  const isHeld = report.expectedStatus !== null &&
    !isToBeFilled(digest, options);
  return { kind: isHeld ? "held" : "send", prepared };
}

/** Undefined when the run is not meant. */
function digestIn(
  run: Run,
  { digest = run.digest(), only }: PrepareOptions,
): string | undefined {
  if (only === undefined || only.has(digest)) return digest;
  return run.formerDigests().find((former) => only.has(former));
}

function isToBeFilled(
  digest: string,
  { fillUnknown, isFilled, only }: PrepareOptions,
): boolean {
  return fillUnknown || isFilled || (only?.get(digest)?.isFilled ?? false);
}

function preparedRun(
  run: Run,
  examined: Examined,
  options: PrepareOptions & { report: Report & { digest: string } },
): Prepared {
  const { report } = options;
  const { digest } = report;
  const fillUnknown = isToBeFilled(digest, options);
  const isFilled = fillUnknown && report.expectedStatus !== null;
  const isAsSent = options.isAsSent && !isFilled;
  const sent = isAsSent ? run.asItStands() : run.body({ fillUnknown });
  const body = new TextEncoder().encode(sent);
  const isPiped = examined.file === "-";
  const source = wholeName(examined.source, examined.file);
  const identity = fillUnknown ? filled(run.identity) : run.identity;
  const name = options.isOnlyCopy
    ? stateName(run, options.place ?? source)
    : null;
  const isOnlyCopy = isPiped || options.isOnlyCopy;
  return {
    digest,
    // No more of the run than that: hundreds may wait for their turn.
    formerDigests: options.hasEntriesOfBefore ? run.formerDigests() : [],
    body,
    bytes: body.length,
    onlyCopy: isOnlyCopy ? { wire: run.wire(), run: name } : undefined,
    identity,
    lookUpKey: lookUpKey(identity),
    lookUpRange: lookUpRange(identity),
    place: options.place ?? placeIn(examined, run),
    runKey: options.isLookAlike ? null : run.key ?? null,
    form: options.form ?? run.form,
    source,
    serialNumber: report.serialNumber,
    partNumber: report.partNumber,
    isFilled,
    mayBeStored: options.mayBeStored,
    blank: fillUnknown ? mended(report) : report,
  };
}

const NO_RUN =
  "is no run: HardPy refused to start it, or has only collected its tests";

function unfinished(file: string): string {
  return isDatabaseUrl(file)
    ? "the run is not finished"
    : "the run is not finished; to upload it as it is, name the file";
}

/** What StandCloud would have refused is only a warning now. */
function mended(report: Report): Report {
  const issues = report.issues.map((issue) =>
    issue.severity === "error" && expectedStatus([issue]) !== null
      ? { ...issue, severity: "warning" as const }
      : issue
  );
  return { ...report, issues, expectedStatus: null };
}

function filled(identity: RunIdentity): RunIdentity {
  return {
    ...identity,
    partNumber: identity.partNumber?.trim() ? identity.partNumber : "unknown",
    standName: identity.standName?.trim() ? identity.standName : "unknown",
  };
}
