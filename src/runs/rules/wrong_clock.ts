import type { Found } from "./rule.ts";
import { finding, KEYS, type Timed, timeOf } from "./run_times.ts";
import type { RunView } from "./run_view.ts";

/** Beyond the year 5000: surely not seconds. */
const YEAR_5000 = 1e11;
/** 2020-01-01: there was no HardPy before. */
const EARLIEST = 1_577_836_800;
/** What clocks may differ by. */
const TOLERANCE_SECONDS = 3600;

/** Whether a right clock can give a time, in seconds. */
export function isPlausible(time: number, now: Date | undefined): boolean {
  return time >= EARLIEST && time <= latestTime(now);
}

function latestTime(now: Date | undefined): number {
  return now === undefined
    ? Infinity
    : now.getTime() / 1000 + TOLERANCE_SECONDS;
}

/** The first time of a part that no right clock gives. */
export function wrongClock(
  timed: Timed,
  { now }: Pick<RunView, "now">,
): Found | undefined {
  const latest = latestTime(now);
  for (const key of KEYS) {
    const time = timeOf(timed.part, key);
    if (time === undefined) continue;
    const verb = key === "start_time" ? "started" : "stopped";
    if (time > YEAR_5000) {
      const says = `${verb} at ${time}, which is not in seconds`;
      return finding(timed, { key, severity: "error", says });
    }
    const when = time > latest
      ? "in the future"
      : time < EARLIEST
      ? "before HardPy existed"
      : undefined;
    if (when === undefined) continue;
    const says = `${verb} ${when}, at ${isoTime(time)}`;
    return finding(timed, { key, severity: "warning", says });
  }
  return undefined;
}

/** A time of which `Date` knows the day. */
function isoTime(time: number): string {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime())
    ? String(time)
    : date.toISOString().replace(/\.\d+Z/, "Z");
}
