import { isTimeZone } from "../runs/rules/time_zone.ts";
import type { Bound } from "../stats/filters.ts";
import { isRealDay, parseWhen } from "./when.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;
/** The runs of a day are those of their own local day, wherever the stand is. */
const DAY_NAME = /^(?:today|yesterday)$/;
/** A time with an offset, since stands may lie in several time zones; or a time span. */
const MOMENT = /^(?:[^ T]+[T ].+(?:Z|[+-]\d\d:\d\d)|\d+[a-z]?)$/i;

/** A day, a time with an offset, or a time span ago. @throws RangeError */
export function parseBound(input: string, now: Date): Bound {
  if (DAY.test(input) && isRealDay(input)) return { text: input, day: input };
  const date = momentOf(input, now);
  if (date === undefined) {
    throw new RangeError(
      "a date, a time with an offset or a time span is expected, for example 2026-03-01, 2026-03-01T06:00:00+01:00, today, yesterday, 7d",
    );
  }
  return DAY_NAME.test(input)
    ? { text: input, day: localDay(date) }
    : { text: input, moment: date.getTime() };
}

function momentOf(input: string, now: Date): Date | undefined {
  if (!DAY_NAME.test(input) && !MOMENT.test(input)) return undefined;
  try {
    return parseWhen(input, now);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function localDay(date: Date): string {
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** @throws RangeError */
export function parseTimeZone(input: string): string {
  if (isTimeZone(input)) return input;
  throw new RangeError(
    "a time zone of the IANA database is expected, for example Europe/Berlin, UTC",
  );
}
