import type { System } from "../system/system.ts";
import { isTerminal, type Stream } from "./screen.ts";

/** Writes times for the reader of a stream. */
export interface Times {
  /** The present, for the beginning of a line. */
  now(): string;
  /** Without the day where that is today and a person reads it. */
  of(date: Date): string;
  /** With the day always, for a column. */
  full(date: Date): string;
  /** A text that names times in UTC, as `of()` writes them. */
  inText(text: string): string;
}

/** Local time on a terminal; RFC 3339 in UTC elsewhere, since that is a log. */
export function timesOf(
  { clock, terminal }: Pick<System, "clock" | "terminal">,
  stream: Stream = "stderr",
): Times {
  if (!isTerminal(terminal, stream)) {
    return {
      now: () => utc(clock.now()),
      of: utc,
      full: utc,
      inText: (text) => text,
    };
  }
  const of = (date: Date) => {
    const [day, time] = local(date);
    const [today] = local(clock.now());
    return day === today ? time : join([day, time]);
  };
  return {
    now: () => join(local(clock.now())),
    of,
    full: (date) => join(local(date)),
    inText: (text) =>
      text.replace(
        UTC,
        (time) => Number.isNaN(Date.parse(time)) ? time : of(new Date(time)),
      ),
  };
}

/** As `utc()` writes it. */
const UTC = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

function utc(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

type DayAndTime = readonly [day: string, time: string];

function local(date: Date): DayAndTime {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return [day.map(twoDigits).join("-"), time.map(twoDigits).join(":")];
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function join([day, time]: DayAndTime): string {
  return `${day} ${time}`;
}
