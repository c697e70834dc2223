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
