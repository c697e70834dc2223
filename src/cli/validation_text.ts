import type { Validation } from "../inspect/validate_runs.ts";
import type { Event } from "./events/event.ts";

/** The `summary` event of `validate`. */
export function validationEvent(result: Validation): Event {
  const { counts, findings, bytes, seconds } = result;
  return {
    event: "summary",
    ...counts,
    errors: findings.error,
    warnings: findings.warning,
    infos: findings.info,
    bytes,
    seconds: Math.round(seconds * 1000) / 1000,
  };
}

/** The same for a person; few words when nothing is wrong. */
export function validationLine({ counts, findings }: Validation): string {
  const { valid, invalid } = counts;
  const found = [
    counted(findings.error, "error"),
    counted(findings.warning, "warning"),
    counted(findings.info, "info"),
  ].filter((part) => part !== "");
  const all = valid + invalid;
  const verdict = invalid === 0
    ? `${documents(all)} valid`
    : `${invalid} of ${documents(all)} invalid`;
  return found.length === 0 ? verdict : `${verdict}: ${found.join(", ")}`;
}

function documents(count: number): string {
  return count === 1 ? "1 document" : `${count} documents`;
}

function counted(count: number, word: string): string {
  return count === 0 ? "" : count === 1 ? `1 ${word}` : `${count} ${word}s`;
}
