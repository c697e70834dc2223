/** Stands have few zones, and looking one up is slow. */
const known = new Map<string, boolean>();
const MOST_KNOWN = 1000;
const SHAPE = /^[A-Za-z][A-Za-z0-9+_/-]{0,63}$/;

/** Whether a name is one of the IANA time zone database: `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  if (!SHAPE.test(name)) return false;
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const exists = isKnownToIntl(name);
  known.set(name, exists);
  return exists;
}

function isKnownToIntl(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}
