import type { Found, Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";
import { finding, type Timed, timedParts, timeOf } from "./run_times.ts";
import { isStale } from "./stale_data.ts";
import { wrongClock } from "./wrong_clock.ts";

export const implausibleTime: Rule = {
  word: "implausible-time",
  brief: "A start or stop time cannot be right",
  severities: ["error", "warning"],
  profile: "both",
  explanation:
    `Times are whole seconds since 1970 in UTC; StandCloud sorts runs by them and computes durations and
throughput. A time in the future or long ago means that the stand's clock is wrong, a missing stop
time that the run was cut off.`,
  fix: "set the clock of the stand's computer (NTP)",
  failing: { at: "/stop_time", json: "1771490001" },
  passing: { at: "/stop_time", json: "1771490040" },
  *check(run) {
    const parts = timedParts(run);
    let isClockWrong = false;
    for (const timed of parts) {
      const found = wrongClock(timed, run);
      if (found === undefined) continue;
      yield found;
      isClockWrong = true;
      break;
    }
    for (const timed of parts) {
      const found = wrongOrder(timed);
      if (found !== undefined) yield found;
    }
    // Beside a clock that is wrong this is only more of the same.
    if (!isClockWrong) yield* outside(run);
  },
};

/** These have come to their end. A stopped case may never have begun. */
const FINAL = ["passed", "failed", "error"];

function wrongOrder(timed: Timed): Found | undefined {
  const { part, kind } = timed;
  const start = timeOf(part, "start_time");
  const stop = timeOf(part, "stop_time");
  const { status } = part.fields;
  if (start !== undefined && stop !== undefined && stop < start) {
    const says = `stopped ${start - stop} s before it started`;
    return finding(timed, { key: "stop_time", severity: "error", says });
  }
  // The body of a POST lacks the run's own where it is null.
  const hasNone = part.fields["stop_time"] === null ||
    kind === "run" && !Object.hasOwn(part.fields, "stop_time");
  if (hasNone && FINAL.includes(String(status))) {
    const says = `has the status "${status}" but no stop time`;
    return finding(timed, { key: "stop_time", severity: "warning", says });
  }
  return undefined;
}

/** Cases outside the run; a module only where none of its cases says so. */
function* outside(run: RunView): Generator<Found> {
  for (const module of run.modules) {
    let hasStray = false;
    for (const part of module.cases) {
      // Another rule speaks about those.
      const isLeftOver = isStale(part, run);
      const found = isLeftOver
        ? undefined
        : strayOf({ part, kind: "Case" }, run);
      if (found !== undefined) yield found;
      hasStray ||= isLeftOver || found !== undefined;
    }
    const own = hasStray || isStale(module, run)
      ? undefined
      : strayOf({ part: module, kind: "Module" }, run);
    if (own !== undefined) yield own;
  }
}

function strayOf(timed: Timed, run: RunView): Found | undefined {
  const earliest = timeOf(run, "start_time") ?? -Infinity;
  const latest = timeOf(run, "stop_time") ?? Infinity;
  if (latest < earliest) return undefined;
  const start = timeOf(timed.part, "start_time");
  const stop = timeOf(timed.part, "stop_time");
  const severity = "warning";
  if (start !== undefined && start < earliest) {
    const says = `started ${earliest - start} s before the run`;
    return finding(timed, { key: "start_time", severity, says });
  }
  if (stop !== undefined && stop > latest) {
    const says = `stopped ${stop - latest} s after the run`;
    return finding(timed, { key: "stop_time", severity, says });
  }
  return undefined;
}
