import type { System } from "../system/system.ts";

/** Writes times for the reader of stderr. */
export interface Times {
  /** The present, for the beginning of a line. */
  now(): string;
  of(date: Date): string;
}

/** Local time on a terminal; RFC 3339 in UTC elsewhere, since that is a log. */
export function timesOf(
  { clock, terminal }: Pick<System, "clock" | "terminal">,
): Times {
  if (!terminal.stderrIsTerminal) {
    return { now: () => utc(clock.now()), of: utc };
  }
  return {
    now: () => join(local(clock.now())),
    of(date) {
      const [day, time] = local(date);
      const [today] = local(clock.now());
      return day === today ? time : join([day, time]);
    },
  };
}

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
