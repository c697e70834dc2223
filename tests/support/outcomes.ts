import { eventsOf, type ProgramResult } from "./running_program.ts";

const COUNTS: Readonly<Record<string, number>> = {
  uploaded: 0,
  "already_uploaded": 0,
  "would_upload": 0,
  exported: 0,
  invalid: 0,
  rejected: 0,
  waiting: 0,
};

/** The counts of a summary, which has those of all outcomes. */
export function counted(
  counts: Record<string, number>,
): Record<string, number> {
  return { ...COUNTS, ...counts };
}

/** Outcomes and status codes of the reports, and what the summary counts. */
export function outcomesOf(
  result: Pick<ProgramResult, "stdout">,
): { reports: unknown[][]; counts: Record<string, unknown> } {
  const events = eventsOf(result);
  const summary = events.find(({ event }) => event === "summary") ?? {};
  return {
    reports: events.filter(({ event }) => event === "report")
      .map((report) => [report["outcome"], report["http_status"]]),
    counts: Object.fromEntries(
      Object.entries(summary).filter(([name]) => !NO_COUNTS.includes(name)),
    ),
  };
}

/** What else a summary tells. */
const NO_COUNTS = [
  "event",
  "address",
  "address_source",
  "held",
  "bytes",
  "seconds",
];

/** The events of that name. */
export function named(
  result: Pick<ProgramResult, "stdout">,
  event: string,
): Record<string, unknown>[] {
  return eventsOf(result).filter((one) => one["event"] === event);
}
