import { expectedStatus } from "../runs/check_run.ts";
import { examine, type Examined, type RunSource } from "../runs/examine.ts";
import type { Issue, Severity } from "../runs/issue.ts";
import type { Lines } from "../runs/json/lines.ts";
import { readAhead } from "../sources/read_ahead.ts";
import type { System } from "../system/system.ts";

/** What the rules say of one document. */
export interface Validated {
  readonly source: string;
  /** The file that the issues' lines are in. */
  readonly file: string;
  readonly outcome: "valid" | "invalid";
  /** Null when it is no run document, or nobody asked. */
  readonly digest: string | null;
  readonly serialNumber: string | null;
  readonly partNumber: string | null;
  /** As the document says it. */
  readonly runStatus: string | null;
  /** What StandCloud is known to answer to such a run, if anything. */
  readonly expectedStatus: 422 | null;
  readonly issues: readonly Issue[];
  /** What the issues' places are in; undefined when it cannot be read as text. */
  readonly lines: Lines | undefined;
}

export interface Validation {
  readonly counts: Readonly<Record<Validated["outcome"], number>>;
  readonly findings: Readonly<Record<Severity, number>>;
  /** How many sources could not even be read; they count as invalid too. */
  readonly unreadable: number;
  /** What was read. */
  readonly bytes: number;
  readonly seconds: number;
}

export interface ValidateOptions {
  readonly sources: readonly RunSource[];
  /** Warnings count as errors. */
  readonly isStrict: boolean;
  readonly withDigest: boolean;
  /** Findings of these rules are dropped. */
  readonly ignored?: ReadonlySet<string>;
  /** Called for each document, in the order of the sources. */
  onDocument(document: Validated): void;
  /** Told why the disk did not give a source: it is neither valid nor invalid. */
  onDiskFault(reason: string): void;
}

/** Checks run documents, one after the other; the next files are read meanwhile. */
export async function validateRuns(
  system: System,
  options: ValidateOptions,
): Promise<Validation> {
  const started = system.clock.monotonic();
  const now = system.clock.now();
  const tally = {
    counts: { valid: 0, invalid: 0 },
    findings: { error: 0, warning: 0, info: 0 },
    unreadable: 0,
    bytes: 0,
  };
  for await (const { source, size } of readAhead(options.sources)) {
    for (const examined of await examine(source, { now })) {
      system.interrupted.throwIfAborted();
      if (examined.diskFault !== undefined) {
        options.onDiskFault(examined.diskFault);
        continue;
      }
      const document = judge(examined, options);
      tally.counts[document.outcome]++;
      for (const { severity, more = 1 } of document.issues) {
        tally.findings[severity] += more;
      }
      if (!examined.isReadable) tally.unreadable++;
      options.onDocument(document);
    }
    tally.bytes += size;
  }
  const seconds = (system.clock.monotonic() - started) / 1000;
  return { ...tally, seconds };
}

function judge(
  { source, file, run, lines, issues }: Examined,
  { isStrict, withDigest, ignored }: ValidateOptions,
): Validated {
  const heeded = ignored === undefined
    ? issues
    : issues.filter(({ rule }) => !ignored.has(rule));
  const judged = isStrict ? heeded.map(promoted) : heeded;
  const isInvalid = judged.some(({ severity }) => severity === "error");
  return {
    source,
    file,
    outcome: isInvalid ? "invalid" : "valid",
    digest: withDigest && run !== undefined ? run.digest() : null,
    serialNumber: run?.serialNumber ?? null,
    partNumber: run?.partNumber ?? null,
    runStatus: run?.status ?? null,
    expectedStatus: expectedStatus(issues),
    issues: judged,
    lines,
  };
}

function promoted(issue: Issue): Issue {
  return issue.severity === "warning" ? { ...issue, severity: "error" } : issue;
}
