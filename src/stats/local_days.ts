import { isTimeZone } from "../runs/rules/time_zone.ts";

/** In milliseconds: what a moment of Temporal can hold. */
const LAST = 8.64e15;

/** The days and weeks of runs, in the time zone of each run or in one for all. */
export class LocalDays {
  readonly #zone: string | undefined;

  /** @param zone for all runs. Default: each run's own, else UTC. */
  constructor(zone?: string) {
    this.#zone = zone;
  }

  /** `2026-03-01`; null for a time that no calendar has, or no year of four digits. */
  dayOf(seconds: number, zone: string | null): string | null {
    return this.#dateOf(seconds, zone)?.toString() ?? null;
  }

  /** `2026-W09`, by ISO 8601. */
  weekOf(seconds: number, zone: string | null): string | null {
    const date = this.#dateOf(seconds, zone);
    if (date === undefined) return null;
    const { yearOfWeek = date.year, weekOfYear = 0 } = date;
    return `${padded(yearOfWeek, 4)}-W${padded(weekOfYear, 2)}`;
  }

  #dateOf(seconds: number, own: string | null): Temporal.PlainDate | undefined {
    const milliseconds = Math.floor(seconds * 1000);
    // A day less, so that a time zone cannot leave the calendar.
    if (!(Math.abs(milliseconds) < LAST - 86_400_000)) return undefined;
    const zone = this.#zone ??
      (own !== null && isTimeZone(own) ? own : "UTC");
    const date = Temporal.Instant.fromEpochMilliseconds(milliseconds)
      .toZonedDateTimeISO(zone).toPlainDate();
    // As texts, longer years would sort before all others.
    return date.year >= 0 && date.year <= 9999 ? date : undefined;
  }
}

function padded(number: number, length: number): string {
  return String(number).padStart(length, "0");
}
