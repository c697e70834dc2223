import type { CaseRecord } from "../collect/case_table.ts";
import type { Collector } from "../collect/collector.ts";
import { compareTexts, type Texts } from "../collect/texts.ts";
import {
  type CaseEvent,
  type CaseName,
  RUN_STATUSES,
  type StatusCounts,
} from "../events.ts";
import { durationSummary } from "../rates.ts";

export function caseEvents({ cases, texts }: Collector): CaseEvent[] {
  return cases.records.map((record): CaseEvent => ({
    event: "case",
    ...caseName(record, texts),
    runs: record.runs,
    ...Object.fromEntries(
      RUN_STATUSES.map((status, at) => [status, record.statuses[at] ?? 0]),
    ) as StatusCounts,
    retried: record.retried,
    "attempts_max": record.attemptsMax,
    duration: durationSummary(record.durations),
  })).sort(compareCases);
}

export function caseName(
  { part, module, name }: CaseRecord,
  texts: Texts,
): CaseName {
  return {
    "part_number": texts.textOf(part.partNumber),
    process: texts.textOf(part.process),
    module,
    case: name,
  };
}

export function compareCases(a: CaseName, b: CaseName): number {
  return compareTexts(a.part_number, b.part_number) ||
    compareTexts(a.process, b.process) ||
    compareTexts(a.module, b.module) || compareTexts(a.case, b.case);
}
