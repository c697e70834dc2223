import { storedFormOf } from "../stored_form.ts";
import type { Found, Rule } from "./rule.ts";
import { finding, type Timed, timeOf } from "./run_times.ts";
import type { RunView } from "./run_view.ts";
import { isEmpty, quoted } from "../values.ts";
import { wrongClock } from "./wrong_clock.ts";

export const staleData: Rule = {
  word: "stale-data",
  brief: "A case or the serial number may be left over from an earlier run",
  severities: ["warning"],
  profile: "both",
  explanation:
    `A module or a case ended before the run started. HardPy's JSON storage, up to 0.22, keeps the document
of the last run and writes the next one into it: what a renamed or removed test left behind stays, with
its old result. So does the serial number, when a run ends before it is set: the result then belongs to
another device. (Or the stand's clock was set back meanwhile.)`,
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
    yield* staleSerialNumber(run);
  },
};

/**
 * HardPy 0.20 to 0.22 does not clear the record in its JSON storage, so a run
 * that ends before the plan sets a serial number shows the one of before.
 */
function* staleSerialNumber(run: RunView): Generator<Found> {
  const { dut, fields: { status }, cases } = run;
  const serialNumber = dut.fields["serial_number"];
  if (isEmpty(serialNumber) || !isKeptRecord(run)) return;
  if (status !== "failed" && status !== "stopped") return;
  if (cases.some((one) => one.status === "passed" && !isStale(one, run))) {
    return;
  }
  yield {
    severity: "warning",
    path: dut.path("serial_number"),
    message: `No case has passed, so ${
      quoted(serialNumber)
    } may be the serial number of the device before`,
    fix: "compare it with the device; HardPy 0.23 and later clears it",
  };
}

/** Keys that the record of HardPy 0.23 and later does not have before they are set. */
const LATER_UNSET = ["user", "batch_serial_number", "error_code", "artifact"];

/** The current record of HardPy 0.20 to 0.22 in JSON storage. */
function isKeptRecord({ fields, generation }: RunView): boolean {
  return generation === "D" && storedFormOf(fields) === "record" &&
    fields["_id"] === fields["_rev"] &&
    LATER_UNSET.every((key) => Object.hasOwn(fields, key));
}

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
