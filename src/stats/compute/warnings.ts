import type { Collector, Counted } from "../collect/collector.ts";
import { MOST_MESSAGES } from "../collect/failure_table.ts";
import {
  LEFT_OUT,
  type MeasurementEvent,
  type WarningEvent,
} from "../events.ts";
import { counted, has, ofAll, type Saying, warning } from "./warning.ts";
import { manyNames, measurementWarnings } from "./measurement_warnings.ts";

const DOCUMENTS: Readonly<Record<typeof LEFT_OUT[number], Saying>> = {
  unreadable: (n) => `${counted(n, "document")} cannot be read`,
  "not_json": (n) =>
    `${counted(n, "document")} ${
      n === 1 ? "is" : "are"
    } not JSON: broken or cut off`,
  "not_run": (n) =>
    `${counted(n, "document")} ${n === 1 ? "is no run" : "are no runs"}`,
  unfinished: (n) =>
    `${counted(n, "run")} ${n === 1 ? "is" : "are"} not finished`,
  "no_time": (n) =>
    `${counted(n, "run")} ${has(n)} neither start nor stop time`,
  "manual_mode": (n) =>
    `${
      counted(n, "run")
    } of HardPy's manual mode, which runs only chosen cases (--manual counts them)`,
  filtered: (n) => `${counted(n, "run")} removed by the filters`,
};

/** What is known beyond the documents. */
export interface Findings {
  readonly measurements: readonly MeasurementEvent[];
  readonly withoutSerial: Counted;
  readonly stoppedFirst: Counted;
  readonly failedAfterPass: Counted;
  readonly noVerdict: Counted;
  readonly severalStands: Counted;
  readonly wrongClock: Counted;
}

/** What a person should know about the numbers, in the order of the contract. */
export function warningEvents(
  collector: Collector,
  findings: Findings,
): WarningEvent[] {
  const documents = LEFT_OUT.filter((why) => why !== "filtered")
    .map((why) => warning(why, collector.leftOut[why], DOCUMENTS[why]));
  return [
    ...documents,
    warning(
      "copies",
      collector.copies,
      (n) =>
        `${n} ${n === 1 ? "copy" : "copies"} of runs: each run counts once`,
    ),
    ...unitWarnings(findings),
    mixedPlans(collector),
    sharedStandName(collector),
    ...measurementWarnings(findings.measurements),
    noStandName(collector),
    warning(
      "wrong_clock",
      findings.wrongClock,
      (n) =>
        `${counted(n, "run")} ${
          has(n)
        } a time in the future or before 2020: the clock of the stand is wrong, and so is the order of runs`,
    ),
    manyNames(collector),
    manyMessages(collector),
  ].filter(({ count }) => count > 0);
}

function unitWarnings(
  { withoutSerial, stoppedFirst, failedAfterPass, ...more }: Findings,
): WarningEvent[] {
  return [
    warning(
      "no_serial_number",
      withoutSerial,
      (n) =>
        `${counted(n, "run")} ${
          has(n)
        } no serial number: counted as runs, not as units. Call hardpy.set_dut_serial_number()`,
    ),
    warning(
      "stopped_first",
      stoppedFirst,
      (n) =>
        `the first run of ${
          counted(n, "unit")
        } was stopped or skipped: the first run with a verdict counts as first attempt`,
    ),
    warning(
      "failed_after_pass",
      failedAfterPass,
      (n) =>
        `${counted(n, "unit")} passed and failed later: not in the final yield`,
    ),
    warning(
      "no_verdict",
      more.noVerdict,
      (n) =>
        `${counted(n, "run")} ${
          n === 1 ? "was" : "were"
        } stopped or skipped: without a verdict, so in no yield`,
    ),
    warning(
      "several_stands",
      more.severalStands,
      (n) =>
        `${counted(n, "unit")} ${
          n === 1 ? "was" : "were"
        } tested at several stands: each counts at the stand of its first attempt`,
    ),
  ];
}

function mixedPlans({ plans, texts }: Collector): WarningEvent {
  const mixed = [...plans].filter(([, names]) => names.size > 1)
    .map(([key]) =>
      key.split(" ").map((id) => texts.textOf(Number(id)) ?? "–").join(" ")
    );
  return warning(
    "mixed_plans",
    ofAll(mixed),
    (n) =>
      n === 1
        ? `${
          mixed[0]
        }: the runs have several names, so several test plans share one process. Call hardpy.set_process_name() in each`
        : `the runs of ${n} part numbers and processes have several names, so several test plans share one process. Call hardpy.set_process_name() in each`,
  );
}

function sharedStandName({ hardwareIds, texts }: Collector): WarningEvent {
  const shared = [...hardwareIds].filter(([, ids]) => ids.size > 1)
    .map(([name]) => texts.textOf(name) ?? "");
  return warning(
    "shared_stand_name",
    ofAll(shared),
    (n) =>
      n === 1
        ? `several PCs call their stand ${shared[0]}: they count as one stand`
        : `${n} stand names are used by several PCs: each name counts as one stand`,
  );
}

function noStandName({ withoutStandName: count }: Collector): WarningEvent {
  return warning(
    "no_stand_name",
    { count, examples: [] },
    (n) =>
      `${counted(n, "run")} ${
        has(n)
      } no stand name: the hardware id stands in its place. Call hardpy.set_stand_name()`,
  );
}

function manyMessages({ failures }: Collector): WarningEvent {
  return warning(
    "many_messages",
    { count: failures.beyond, examples: [] },
    (n) =>
      `${
        counted(n, "run")
      } failed with further messages after ${MOST_MESSAGES} different ones: these count as one message`,
  );
}
