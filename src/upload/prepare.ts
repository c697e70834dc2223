import { resolve } from "node:path";
import { expectedStatus } from "../runs/check_run.ts";
import type { Examined } from "../runs/examine.ts";
import { fillUnknown } from "../runs/fill_unknown.ts";
import type { Run, RunIdentity } from "../runs/run.ts";
import type { EntryFacts, OnlyCopy } from "./ledger/entry.ts";
import { lookUpKey } from "./look_up.ts";
import { blankReport, type Report } from "./report.ts";
import { runKey } from "./same_run.ts";
import type { UploadSource } from "./upload_source.ts";

/** A run document that is ready to go. */
export interface Prepared extends EntryFacts {
  readonly digest: string;
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
  /** It comes from a bundle, and its stand had sent it before. */
  readonly mayBeStored?: boolean | undefined;
  /** So it was sent before. */
  readonly isFilled?: boolean | undefined;
  /** HardPy may still be writing the run: leave it. */
  readonly leaveUnfinished: boolean;
  /** HardPy's next run takes its place, and the ledger does not have it yet. */
  readonly isOnlyCopy?: boolean | undefined;
}

/** What is to be done with a document. */
export type Preparation =
  | { readonly kind: "send"; readonly prepared: Prepared }
  /** Nothing is sent. */
  | { readonly kind: "report"; readonly report: Report }
  | { readonly kind: "ignore" };

/** The document of a source. */
export function prepareFrom(
  examined: Examined,
  source: UploadSource,
  options: Pick<PrepareOptions, "fillUnknown" | "only">,
): Preparation {
  return prepare(examined, {
    ...options,
    digest: source.digest,
    mayBeStored: source.mayBeStored,
    isFilled: source.isFilled,
    leaveUnfinished: source.isFound,
    isOnlyCopy: source.isLive && source.heldAs === undefined,
  });
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
  const digest = options.digest ?? run.digest();
  if (options.only?.has(digest) === false) return { kind: "ignore" };
  const report = { ...blank, digest };
  if (options.leaveUnfinished && !run.isFinished) {
    return { kind: "report", report: { ...report, ...UNFINISHED } };
  }
  const isFilled = options.fillUnknown || options.isFilled ||
    (options.only?.get(digest)?.isFilled ?? false);
  if (report.expectedStatus !== null && !isFilled) {
    return { kind: "report", report: { ...report, outcome: "invalid" } };
  }
  const wire = run.wire();
  const sent = isFilled ? fillUnknown(wire) : wire;
  const body = new TextEncoder().encode(sent);
  const isPiped = examined.file === "-";
  const source = isPiped ? examined.source : resolve(examined.source);
  const identity = isFilled ? filled(run.identity) : run.identity;
  const copy = { wire, run: options.isOnlyCopy ? runName(run, source) : null };
  return {
    kind: "send",
    prepared: {
      digest,
      body,
      bytes: body.length,
      onlyCopy: isPiped || options.isOnlyCopy ? copy : undefined,
      identity,
      lookUpKey: lookUpKey(identity),
      source,
      serialNumber: report.serialNumber,
      partNumber: report.partNumber,
      isFilled: sent !== wire,
      mayBeStored: options.mayBeStored,
      blank: isFilled ? mended(report) : report,
    },
  };
}

const UNFINISHED = {
  isUnfinished: true,
  reason: "the run is not finished; to upload it as it is, name the file",
};

/** Names the run in all its states, as long as its file is the same. */
function runName(run: Run, source: string): string | null {
  const key = runKey(run);
  return key === undefined ? null : `${key} ${source}`;
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
