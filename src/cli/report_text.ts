import type { Finding, Issue } from "../runs/issue.ts";
import type { Report } from "../upload/report/report.ts";
import { fixText } from "./fix_text.ts";
import type { ReportEvent } from "./events/run_events.ts";

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
    digest: report.digest,
    "serial_number": report.serialNumber,
    "part_number": report.partNumber,
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

/** The same for a person: one line, then one for each issue and its fix. */
export function reportLines(report: Report): string[] {
  const { source, outcome, serialNumber, testRunId, reason } = report;
  const facts = [
    ...(serialNumber === null ? [] : [`serial number ${serialNumber}`]),
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
  const details = facts.length === 0 ? "" : ` (${facts.join(", ")})`;
  return [
    `${outcome.replaceAll("_", " ").padEnd(8)}  ${source}${details}`,
    ...report.issues.flatMap((issue) => issueLines(report.file, issue)),
  ];
}

function issueLines(file: string, issue: Finding | Issue): string[] {
  const { severity, rule, path, message, fix } = issue;
  const place = "line" in issue
    ? `${file}:${issue.line}:${issue.column}`
    : file;
  const pointer = path === "" ? "" : ` ${path}`;
  return [
    `  ${place}: ${severity}: ${message} [${rule}${pointer}]`,
    `    fix: ${fixText(fix)}`,
  ];
}
