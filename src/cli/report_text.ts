import type { Finding, Issue } from "../runs/issue.ts";
import type { Report } from "../upload/report/report.ts";
import { bundleOf } from "../sources/bundle_names.ts";
import { fixText, quotedPath } from "./fix_text.ts";
import type { ReportEvent } from "./events/run_events.ts";
import type { Line } from "./line.ts";
import { SEVERITY_TONES, SIGNS, statusWord } from "./outcome_text.ts";
import { PIPE, type Screen } from "./screen.ts";

/** What a `report` event tells, whichever command found it out. */
type Told =
  & Omit<
    Report,
    | "outcome"
    | "file"
    | "bytes"
    | "isReadable"
    | "isUnfinished"
    | "isPossiblyDuplicate"
  >
  & {
    readonly outcome: ReportEvent["outcome"];
    readonly isPossiblyDuplicate?: boolean;
  };

/** The `report` event. */
export function reportEvent(report: Told): ReportEvent {
  return {
    event: "report",
    source: report.source,
    ...(report.original !== undefined && {
      "original_source": report.original,
    }),
    digest: report.digest,
    "serial_number": report.serialNumber,
    "part_number": report.partNumber,
    "run_status": report.runStatus,
    outcome: report.outcome,
    "http_status": report.httpStatus,
    "expected_status": report.expectedStatus,
    "test_run_id": report.testRunId,
    attempts: report.attempts,
    ...(report.isPossiblyDuplicate && { "possibly_duplicate": true }),
    ...(report.lacksAdditions && { "lacks_additions": true }),
    issues: report.issues,
    ...(report.reason !== null && { reason: report.reason }),
  };
}

/**
 * The same for a person: one line, then one for each issue and its fix. A line
 * for scripts begins with the outcome and the source.
 */
export function reportLines(report: Report, screen: Screen = PIPE): Line[] {
  const { outcome, issues, source, file } = report;
  return [
    screen.isTerminal ? terminalLine(report, screen) : pipeLine(report),
    ...issues.flatMap((issue) => issueLines(report.file, issue)),
    ...outcome === "invalid" && issues.some(isFillable)
      ? [fillingLine(bundleOf(source) ?? file)]
      : [],
  ];
}

function pipeLine(report: Report): Line {
  const { outcome, source, serialNumber } = report;
  const serial = serialNumber === null ? [] : [`serial number ${serialNumber}`];
  return [
    { text: wordOf(outcome).padEnd(8), tone: SIGNS[outcome].tone },
    { text: `  ${source}${inBrackets([...serial, ...factsOf(report)])}` },
  ];
}

function terminalLine(report: Report, { hasMarks }: Screen): Line {
  const { outcome, source, serialNumber } = report;
  const { mark, tone } = SIGNS[outcome];
  const status = statusWord(report.runStatus);
  const word = wordOf(outcome).padEnd(8);
  const serial = (serialNumber ?? "–").padEnd(10);
  return [
    { text: hasMarks ? `${mark} ${word}` : word, tone },
    { text: "  " },
    { text: status.word.padEnd(4), tone: status.tone },
    { text: `  ${serial}  ${source}${inBrackets(factsOf(report))}` },
  ];
}

function wordOf(outcome: Report["outcome"]): string {
  return outcome.replaceAll("_", " ");
}

function inBrackets(facts: readonly string[]): string {
  return facts.length === 0 ? "" : ` (${facts.join(", ")})`;
}

/** Without what has a column of its own on a terminal. */
function factsOf(report: Report): string[] {
  const { original, testRunId, reason } = report;
  return [
    ...(original === undefined ? [] : [`was ${original}`]),
    ...(testRunId === null ? [] : [`run ${testRunId}`]),
    ...(reason === null ? [] : [reason]),
    ...(report.isPossiblyDuplicate ? ["may be at StandCloud twice"] : []),
    ...(report.lacksAdditions
      ? ["StandCloud's copy lacks what was added to the run later"]
      : []),
    ...(report.expectedStatus === null
      ? []
      : [`StandCloud would answer ${report.expectedStatus}; not sent`]),
  ];
}

function issueLines(file: string, issue: Finding | Issue): Line[] {
  const { severity, rule, path, message, fix } = issue;
  const place = "line" in issue
    ? `${file}:${issue.line}:${issue.column}`
    : file;
  const pointer = path === "" ? "" : ` ${path}`;
  return [
    [
      { text: `  ${place}: ` },
      { text: severity, tone: SEVERITY_TONES[severity] },
      { text: `: ${message} [${rule}${pointer}]` },
    ],
    `    fix: ${fixText(fix)}`,
  ];
}

/** Whether `--fill-unknown` is a way out for a run that is held. */
export function isFillable(
  { rule, severity }: Pick<Finding, "rule" | "severity">,
): boolean {
  return rule === "missing-mandatory-field" && severity === "error";
}

/** The other way out for a run that is held. */
export function fillingLine(source: string): string {
  // A bundle is uploaded as a whole.
  const path = quotedPath(bundleOf(source) ?? source);
  return `    or, for this run: standcloud upload --fill-unknown ${path}`;
}
