const SHAPE = /^[A-Za-z][A-Za-z0-9+_/-]{0,63}$/;

/** The runs of a stand all have the same. */
let lastFound: string | undefined;

/** Any moment will do. */
const EPOCH = Temporal.Instant.fromEpochMilliseconds(0);

/**
 * Whether a name is one of the IANA time zone database: `Europe/Berlin`.
 * Temporal looks it up at once; Intl would first load all it knows of dates,
 * which takes as long as the rest of a short command.
 */
export function isTimeZone(name: string): boolean {
  if (name === lastFound) return true;
  if (!SHAPE.test(name)) return false;
  try {
    EPOCH.toZonedDateTimeISO(name);
    lastFound = name;
    return true;
  } catch {
    return false;
  }
}
