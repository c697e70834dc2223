/** A clock that differs by less is good enough for everything that the program does. */
const TOLERANCE_MILLISECONDS = 5 * 60_000;

export function isClockWrong(aheadMilliseconds: number): boolean {
  return Math.abs(aheadMilliseconds) > TOLERANCE_MILLISECONDS;
}

const UNITS = [
  ["day", 24 * 3600],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `the clock of this stand is 2 days behind the server's`. */
export function clockText(aheadMilliseconds: number): string {
  const seconds = Math.abs(aheadMilliseconds) / 1000;
  // The header tells whole seconds: a day less one of them is a day.
  const [unit, size] = UNITS.find(([, size]) => seconds >= 0.95 * size) ??
    ["second", 1];
  const count = Math.round(seconds / size);
  const side = aheadMilliseconds > 0 ? "ahead of" : "behind";
  return `the clock of this stand is ${count} ${unit}${
    count === 1 ? "" : "s"
  } ${side} the server's`;
}
