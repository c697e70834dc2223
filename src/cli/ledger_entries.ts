import { AppError } from "../system/app_error.ts";
import type { Entry } from "../upload/ledger/entry.ts";
import type { HistoryView } from "../upload/ledger/history.ts";

const SHORTEST_PREFIX = 8;

/** Whether a word can be a digest, or its first characters. */
export function isDigestPrefix(word: string): boolean {
  return /^[0-9a-f]+$/.test(word) && word.length >= SHORTEST_PREFIX &&
    word.length <= 64;
}

/** @throws `usage` when a digest means no report, or several. */
export function entriesOf(history: HistoryView, prefix: string): Entry[] {
  const entries = isDigestPrefix(prefix) ? history.byPrefix(prefix) : [];
  const digests = new Set(entries.map(({ digest }) => digest));
  if (digests.size === 1) return entries;
  throw new AppError(
    "usage",
    digests.size === 0
      ? `The ledger knows no report "${prefix}"`
      : `"${prefix}" means ${digests.size} reports`,
    {
      hints: [
        `give a digest, or its first ${SHORTEST_PREFIX} characters or more; standcloud history --json lists them`,
      ],
    },
  );
}

/** Of one address, however often it was named. */
export function eachOnce(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((one) => [one.digest, one])).values()];
}
