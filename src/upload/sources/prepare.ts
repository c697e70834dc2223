import { expectedStatus } from "../../runs/check_run.ts";
import type { Examined } from "../../runs/examine.ts";
import { placeIn, stateName } from "../../runs/one_run.ts";
import type { Run, RunIdentity } from "../../runs/run.ts";
import { formOfPath, type StoredForm } from "../../runs/stored_form.ts";
import { isDatabaseUrl } from "../../sources/couchdb/database_url.ts";
import { wholeName } from "../../sources/whole_name.ts";
import { lookUpKey, lookUpRange } from "../../standcloud/look_up.ts";
import type { EntryFacts, OnlyCopy } from "../ledger/entry.ts";
import { blankReport, type Report } from "../report/report.ts";
import { isLive, type UploadSource } from "./upload_source.ts";

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
  /** The ledger may know the run by its former digest. */
  readonly hasEntriesOfBefore: boolean;
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

/** What is to be done with a document of the source, and in which bytes it is sent. */
export function prepare(
  examined: Examined,
  source: UploadSource,
  options: PrepareOptions,
): Preparation {
  const { run } = examined;
  const { only } = options;
  const blank = blankReport(examined);
  if (examined.diskFault !== undefined) {
    // Nobody knows what is in it: it waits for a disk that works.
    const report = { ...blank, reason: examined.diskFault };
    return { kind: "report", report };
  }
  // NaN and Infinity are no JSON: no reader of the sent document could parse it.
  if (run === undefined || run.pythonNumbers.length > 0) {
    return only === undefined
      ? { kind: "report", report: { ...blank, outcome: "invalid" } }
      : { kind: "ignore" };
  }
  const digest = meantDigest(run, source, only);
  if (digest === undefined) return { kind: "ignore" };
  const report = { ...blank, digest };
  if (run.isRefusedStart || run.isCollection) {
    const reason = `"${examined.source}" ${NO_RUN}`;
    // An earlier version may have taken it for a run.
    return only === undefined
      ? { kind: "ignore", note: reason }
      : { kind: "report", report: { ...report, outcome: "invalid", reason } };
  }
  const isAmongOthers = examined.source !== examined.file;
  if ((mayBeUnfinished(source) || isAmongOthers) && !run.isFinished) {
    const reason = unfinished(examined.file);
    const isUnfinished = true;
    return { kind: "report", report: { ...report, isUnfinished, reason } };
  }
  const fillUnknown = options.fillUnknown || only?.get(digest)?.isFilled ||
    source.kind === "kept" && source.isFilled;
  const isRefused = report.expectedStatus !== null;
  const isFilled = fillUnknown && isRefused;
  const { serialNumber, partNumber } = report;
  const prepared = {
    ...factsOf(run, examined, { source, fillUnknown, isFilled }),
    formerDigests: options.hasEntriesOfBefore ? run.formerDigests() : [],
    ...{ digest, isFilled, serialNumber, partNumber },
    blank: fillUnknown ? mended(report) : report,
  };
  return { kind: isRefused && !fillUnknown ? "held" : "send", prepared };
}

/** By what the upload knows a document; undefined for what is no run. */
export function digestOf(
  { run }: Pick<Examined, "run">,
  source: UploadSource,
): string | undefined {
  return source.kind === "bundle" ? source.document.digest : run?.digest();
}

/** Undefined when the run is not meant. */
function meantDigest(
  run: Run,
  source: UploadSource,
  only: PrepareOptions["only"],
): string | undefined {
  const digest = digestOf({ run }, source);
  if (only === undefined || only.has(digest ?? "")) return digest;
  return run.formerDigests().find((former) => only.has(former));
}

/** HardPy may still be writing the run. A file that was named by itself is sent as it is. */
function mayBeUnfinished(source: UploadSource): boolean {
  return source.kind === "couchdb" ||
    (source.kind === "file" || source.kind === "live") && source.isFound;
}

function factsOf(
  run: Run,
  examined: Examined,
  { source, fillUnknown, isFilled }: {
    source: UploadSource;
    fillUnknown: boolean;
    isFilled: boolean;
  },
) {
  const name = wholeName(examined.source, examined.file);
  const identity = fillUnknown ? filled(run.identity) : run.identity;
  const place = source.kind === "live" ? source.place : undefined;
  const document = source.kind === "bundle" ? source.document : undefined;
  // A bundle of an earlier version tells no form, and holds the stored document.
  const isAsSent = document?.form !== undefined && !isFilled;
  const sent = isAsSent ? run.asItStands() : run.body({ fillUnknown });
  // No more of the run than this is kept: hundreds may wait for their turn.
  const body = new TextEncoder().encode(sent);
  const isReplaced = isLive(source) && source.heldAs === undefined;
  const state = isReplaced ? stateName(run, place ?? name) : null;
  const isOnlyCopy = examined.file === "-" || isReplaced;
  return {
    ...{ body, bytes: body.length, identity, source: name },
    onlyCopy: isOnlyCopy ? { wire: run.wire(), run: state } : undefined,
    lookUpKey: lookUpKey(identity),
    lookUpRange: lookUpRange(identity),
    place: place ?? placeIn(examined, run),
    runKey: document?.isLookAlike ? null : run.key ?? null,
    form: formIn(source) ?? run.form,
    mayBeStored: document?.mayBeStored || source.mayBeStored,
  };
}

/** In which form the stand stored the run, where the source tells it. */
function formIn(source: UploadSource): StoredForm | undefined {
  if (source.kind === "bundle") return source.document.form;
  if (source.kind !== "kept") return undefined;
  return source.form ?? formOfPath(source.name);
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
