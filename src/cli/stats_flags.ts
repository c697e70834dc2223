import { isTimeZone } from "../runs/rules/time_zone.ts";
import type { Bound } from "../stats/filters.ts";
import { isRealDay } from "./when.ts";

const DAY = /^\d{4}-\d\d-\d\d$/;
const MOMENT =
  /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d))$/;

/** A day, or a time with an offset. @throws RangeError */
export function parseBound(input: string): Bound {
  const [, day, time] = MOMENT.exec(input) ?? [];
  if (DAY.test(input) && isRealDay(input)) {
    return { text: input, day: input };
  }
  if (day !== undefined && isRealDay(day)) {
    const moment = Date.parse(`${day}T${time}`.toUpperCase());
    if (!Number.isNaN(moment)) return { text: input, moment };
  }
  throw new RangeError(
    "a date, or a time with an offset is expected, for example 2026-03-01, 2026-03-01T06:00:00+01:00",
  );
}

/** @throws RangeError */
export function parseTimeZone(input: string): string {
  if (isTimeZone(input)) return input;
  throw new RangeError(
    "a time zone of the IANA database is expected, for example Europe/Berlin, UTC",
  );
}
