/** The longest that a service is believed when it says when to come back. */
export const LONGEST_WAIT_MILLISECONDS = 3_600_000;

/**
 * The time that a `Retry-After` header asks for, in milliseconds from `now`:
 * seconds or a date (RFC 9110 section 10.2.3). Undefined when there is none.
 */
export function retryAfter(
  header: string | null,
  now: Date,
): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1000
    : Date.parse(text) - now.getTime();
  if (Number.isNaN(wait)) return undefined;
  return Math.min(Math.max(wait, 0), LONGEST_WAIT_MILLISECONDS);
}

/** The time that it asks for; null when there is none. */
export function retryAt(header: string | null, now: Date): Date | null {
  const wait = retryAfter(header, now);
  return wait === undefined ? null : new Date(now.getTime() + wait);
}

/**
 * When a service wants to be asked again, for a person: in seconds, or after a
 * date (RFC 9110 section 10.2.3).
 *
 * @param header `Retry-After`, as it came.
 */
export function tryAgain(header?: string | null): string {
  if (typeof header !== "string") return "try again later";
  if (/^\d{1,5}$/.test(header)) return `try again in ${Number(header)} s`;
  const date = new Date(header);
  // A bare number is no date, although the runtime takes it for a year.
  return /[a-z]/i.test(header) && !Number.isNaN(date.getTime())
    ? `try again after ${date.toISOString().slice(0, 19)}Z`
    : "try again later";
}
