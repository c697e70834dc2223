import type { UploadResult } from "../upload/report.ts";
import type { Event } from "./output.ts";

/** The `summary` event of an upload. */
export function summaryEvent(result: UploadResult): Event {
  return {
    event: "summary",
    ...result.counts,
    bytes: result.bytes,
    seconds: Math.round(result.seconds * 1000) / 1000,
  };
}

export function summaryLine({ counts, seconds }: UploadResult): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome.replaceAll("_", " ")}`);
  const what = parts.length === 0 ? "nothing to upload" : parts.join(", ");
  return `${what} in ${seconds.toFixed(1)} s`;
}

/** Said when a row of failures begins. */
export function waitingLine(cause: string, milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return `waiting: ${cause}; next try in about ${seconds} s`;
}
