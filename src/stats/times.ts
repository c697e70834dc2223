/** RFC 3339 in UTC, whole seconds. Returns null for a time outside the years 0 to 9999. */
export function utcText(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return null;
  return `${date.toISOString().slice(0, 19)}Z`;
}
