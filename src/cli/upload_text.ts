import type { PauseNotice } from "../upload/traffic/pace.ts";
import type { UploadResult } from "../upload/report/report.ts";
import type { ChosenAddress } from "../stand/choose_address.ts";
import type { Event } from "./events/event.ts";
import type { Times } from "./times.ts";

/** How an upload ended, and how many runs the ledger holds now. */
type Ended = UploadResult & { readonly held: number };

/**
 * The `summary` event of an upload. It names the address, since a hardpy.toml
 * that came with a folder may have chosen it.
 *
 * @param chosen undefined when no address is known.
 */
export function summaryEvent(
  result: Ended,
  chosen: ChosenAddress | undefined,
): Event {
  return {
    event: "summary",
    ...result.counts,
    address: chosen?.address.text ?? null,
    "address_source": chosen?.path ?? null,
    held: result.held,
    bytes: result.bytes,
    seconds: Math.round(result.seconds * 1000) / 1000,
  };
}

/** The same for a person. */
export function summaryLines(
  result: Ended,
  chosen: ChosenAddress | undefined,
): string[] {
  const { held } = result;
  const runs = held === 1 ? "1 run is" : `${held} runs are`;
  return [
    summaryLine(result, chosen),
    ...held === 0
      ? []
      : [`${runs} held by a rule until mended: standcloud history --held`],
  ];
}

function summaryLine(
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

/** The `watching` event. */
export function watchingEvent(
  folders: readonly string[],
  address: string,
): Event {
  return { event: "watching", folders, address };
}

/** The `paused` event. */
export function pausedEvent(
  { cause, nextTryAt }: PauseNotice,
  waiting: number,
): Event {
  const time = nextTryAt.toISOString();
  return { event: "paused", cause, "next_try_at": time, waiting };
}

/** The same for a person: what ends the pause, and why there is one. The end of a long line may be cut. */
export function pauseText(
  { cause, nextTryAt, isAsked }: PauseNotice,
  { waiting, times }: { waiting: number; times: Times },
): string {
  const time = times.of(nextTryAt);
  const end = isAsked
    ? `paused until ${time} (--retry-now ends it)`
    : `paused until a try succeeds (next at ${time})`;
  return `${end}, ${waiting} waiting: ${cause}`;
}

/** The `resumed` event. */
export function resumedEvent(seconds: number): Event {
  return { event: "resumed", seconds };
}
