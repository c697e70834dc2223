import type { Found, Rule } from "./rule.ts";
import { finding, type Timed, timeOf } from "./run_times.ts";
import type { RunView } from "./run_view.ts";
import { wrongClock } from "./wrong_clock.ts";

export const staleData: Rule = {
  word: "stale-data",
  brief: "A module or a case is left over from an earlier run",
  severities: ["warning"],
  profile: "both",
  explanation:
    `It ended before the run started. HardPy's storage keeps the document of the last run and writes the
next one into it: what a renamed or removed test left behind stays, with its old result, and so does a
serial number or another value that the run did not set. (Or the stand's clock was set back meanwhile.)`,
  fix:
    "delete the document in HardPy's storage (storage/runstore) after tests were renamed",
  failing: {
    at: "/modules/test_supply/cases/test_rail",
    json: '{"status": "passed", "start_time": 1771480001, ' +
      '"stop_time": 1771480004, "name": "Rail 3V3", "group": "main", ' +
      '"attempt": 1}',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail",
    json: '{"status": "passed", "start_time": 1771490002, ' +
      '"stop_time": 1771490004, "name": "Rail 3V3", "group": "main", ' +
      '"attempt": 1}',
  },
  *check(run) {
    for (const module of run.modules) {
      const whole = staleness({ part: module, kind: "Module" }, run);
      if (whole !== undefined) {
        yield whole;
        continue;
      }
      for (const part of module.cases) {
        const found = staleness({ part, kind: "Case" }, run);
        if (found !== undefined) yield found;
      }
    }
  },
};

function staleness(timed: Timed, run: RunView): Found | undefined {
  const stop = timeOf(timed.part, "stop_time");
  if (stop === undefined || !isStale(timed.part, run)) return undefined;
  const since = (timeOf(run, "start_time") ?? stop) - stop;
  const says = `ended ${since} s before the run started`;
  return finding(timed, { key: "stop_time", severity: "warning", says });
}

/** Whether something ended before the run began, and the times of both can be believed. */
export function isStale(part: Timed["part"], run: RunView): boolean {
  const start = timeOf(run, "start_time");
  const stop = timeOf(part, "stop_time");
  if (start === undefined || stop === undefined || stop >= start) return false;
  return isBelievable({ part: run, kind: "run" }, run) &&
    isBelievable({ part, kind: "Case" }, run);
}

function isBelievable(timed: Timed, run: RunView): boolean {
  const start = timeOf(timed.part, "start_time") ?? -Infinity;
  const stop = timeOf(timed.part, "stop_time") ?? Infinity;
  return start <= stop && wrongClock(timed, run) === undefined;
}
