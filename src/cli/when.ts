import type { CliContext } from "./context.ts";
import { parseDuration } from "./flags.ts";

interface WhenFlag<T> {
  readonly kind: "parsed";
  readonly brief: string;
  readonly placeholder: string;
  readonly optional: true;
  parse(this: CliContext, input: string): T;
}

/** A flag with a point in time. */
export function when<T>(
  brief: string,
  parse: (input: string, now: Date) => T,
): WhenFlag<T> {
  return {
    kind: "parsed",
    brief,
    placeholder: "WHEN",
    optional: true,
    parse(input) {
      return parse(input, this.system.clock.now());
    },
  };
}

const DAY = /^(\d{4}-\d\d-\d\d)$/;
const TIME =
  /^(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/i;

/**
 * The beginning of a day, a time, `today`, `yesterday`, or a time span ago. Days,
 * and times without an offset, are local.
 */
export function parseWhen(input: string, now: Date): Date {
  if (input === "today") return midnight(now);
  if (input === "yesterday") return midnight(now, -1);
  const [, day] = DAY.exec(input) ?? TIME.exec(input) ?? [];
  if (day === undefined) return ago(input, now);
  const time = DAY.test(input) ? `${day}T00:00` : input.replace(" ", "T");
  const date = new Date(time.toUpperCase());
  if (isRealDay(day) && !Number.isNaN(date.getTime())) return date;
  throw notWhen();
}

function ago(span: string, now: Date): Date {
  try {
    return new Date(now.getTime() - parseDuration(span) * 1000);
  } catch (error) {
    if (error instanceof RangeError) throw notWhen();
    throw error;
  }
}

function midnight(now: Date, days = 0): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}

/** A 30th of February would be one in March. */
export function isRealDay(day: string): boolean {
  const date = new Date(`${day}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function notWhen(): RangeError {
  return new RangeError(
    "a date, a time or a time span is expected, for example 2026-11-24, 2026-11-24T08:30:00Z, today, yesterday, 7d",
  );
}
