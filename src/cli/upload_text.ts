import type { UploadResult } from "../upload/report.ts";
import type { ChosenAddress } from "../stand/choose_address.ts";
import type { Event } from "./output.ts";

/**
 * The `summary` event of an upload. It names the address, since a hardpy.toml
 * that came with a folder may have chosen it.
 *
 * @param chosen undefined when no address is known.
 */
export function summaryEvent(
  result: UploadResult,
  chosen: ChosenAddress | undefined,
): Event {
  return {
    event: "summary",
    ...result.counts,
    address: chosen?.address.text ?? null,
    "address_source": chosen?.path ?? null,
    bytes: result.bytes,
    seconds: Math.round(result.seconds * 1000) / 1000,
  };
}

/** The same for a person. */
export function summaryLine(
  result: UploadResult,
  chosen: ChosenAddress | undefined,
): string {
  const text = countsLine(result);
  if (chosen === undefined) return text;
  const { address, path } = chosen;
  const from = path === undefined ? "" : `, from ${path}`;
  return `${text} (address: ${address.text}${from})`;
}

function countsLine({ counts, seconds }: UploadResult): string {
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
