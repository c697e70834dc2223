import { textOf } from "../standcloud/exact_json.ts";

/** A point in time as Python's `datetime` holds it. */
export interface Moment {
  /** Since 1970; exact up to the year 2255. */
  readonly microseconds: number;
  /** What `isoformat()` of Python gives: the zone stays as it came. */
  readonly isoText: string;
}

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[Tt _](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d\d:?\d\d)?)?$/;
const NUMBER = /^-?\d+(?:\.\d*)?$/;
/** Larger numbers are milliseconds to pydantic. */
const SECONDS_LIMIT = 2e10;

/** Undefined for a value that names no time. A text without a zone is taken for UTC. */
export function readMoment(value: unknown): Moment | undefined {
  const text = textOf(value);
  if (text === null) return undefined;
  const [, date, minutes = "00:00", seconds = "00", fraction = "", zone] =
    DATE_TIME.exec(text) ?? [];
  if (date === undefined) {
    return NUMBER.test(text) ? fromNumber(text) : undefined;
  }
  const milliseconds = Date.parse(`${date}T${minutes}:${seconds}Z`);
  // JavaScript takes February 30 for March 2, and 24:00 for the next day.
  const isReal = !Number.isNaN(milliseconds) &&
    new Date(milliseconds).toISOString().startsWith(`${date}T${minutes}`);
  if (!isReal) return undefined;
  const micros = fraction.slice(0, 6).padEnd(6, "0");
  const offset = zone === undefined ? "" : offsetText(zone);
  return {
    microseconds: milliseconds * 1000 + Number(micros) -
      offsetMicroseconds(offset),
    isoText: `${date}T${minutes}:${seconds}${fractionText(micros)}${offset}`,
  };
}

function fromNumber(text: string): Moment | undefined {
  const number = Number(text);
  const isMilliseconds = Math.abs(number) > SECONDS_LIMIT;
  const microseconds = Math.round(number * (isMilliseconds ? 1e3 : 1e6));
  const whole = Math.floor(microseconds / 1e6);
  const date = new Date(whole * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const micros = String(microseconds - whole * 1e6).padStart(6, "0");
  return {
    microseconds,
    isoText: `${date.toISOString().slice(0, 19)}${fractionText(micros)}+00:00`,
  };
}

function fractionText(micros: string): string {
  return micros === "000000" ? "" : `.${micros}`;
}

/** `+02:00` */
function offsetText(zone: string): string {
  if (/^z$/i.test(zone)) return "+00:00";
  return `${zone.slice(0, 3)}:${zone.slice(-2)}`;
}

function offsetMicroseconds(offset: string): number {
  if (offset === "") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
  return (offset.startsWith("-") ? -minutes : minutes) * 60e6;
}
