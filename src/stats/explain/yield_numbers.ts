import { type Explanation, OWN, TOFUPILOT, WATS } from "./explanation.ts";

export const yieldNumbers: readonly Explanation[] = [
  {
    names: ["fpy", "first pass", "first_pass_yield"],
    meaning:
      "First pass yield: the share of units that passed at the first attempt. Retests do not change it.",
    computed:
      "Units whose first attempt passed, divided by units. A unit is a serial number of a part number in a process. An attempt is a run with status passed, failed or error; a stopped or skipped run is none. A case's own retries are no attempts.",
    source: `${WATS}; ${TOFUPILOT}`,
  },
  {
    names: ["fpy_low", "fpy_high", "95%"],
    meaning:
      "The 95 % interval of the first pass yield. Few units give a wide interval: compare two stands only when their intervals hardly overlap.",
    computed: "Wilson's score interval with z = 1.959963984540054.",
    source: "Wilson, JASA 22 (1927) 209",
  },
  {
    names: ["spy", "tpy"],
    meaning:
      "Second and third pass yield: the share of units that passed within two or three attempts.",
    computed:
      "Units with a passed attempt among the first two (three), divided by units.",
    source: WATS,
  },
  {
    names: ["lpy", "last_pass_yield"],
    meaning:
      "Last pass yield: the share of units that passed at least once, at whatever attempt.",
    computed: "Units with any passed attempt, divided by units.",
    source: `${WATS}; ${TOFUPILOT} calls it eventually passed`,
  },
  {
    names: ["final_yield", "final"],
    meaning: "The share of units that are good now: their last attempt passed.",
    computed:
      "Units whose last attempt passed, divided by units. It is lpy without the units that failed after a pass.",
    source: OWN,
  },
  {
    names: ["rty", "rolled"],
    meaning:
      "Rolled throughput yield of a part number: the chance to pass every process at the first attempt. Only --by part-number has it.",
    computed:
      "The product of fpy over the processes of the part number that have units. Units are never pooled over processes.",
    source: "Six Sigma practice; WATS",
  },
  {
    names: ["run_yield"],
    meaning:
      "The share of runs that passed. It serves retest stations and runs without serial numbers. Each retest counts again.",
    computed:
      "Passed runs divided by runs with status passed, failed or error.",
    source: `${WATS} (test report yield)`,
  },
  {
    names: ["units"],
    meaning:
      "How many units were judged. In the last event: how many devices, over all processes.",
    computed:
      "Serial numbers of a part number in a process that have at least one attempt, and whose first attempt fits the filters. A unit belongs to the stand, day, week, batch and operator of its first attempt. In the last event: distinct pairs of serial number and part number. With --by part-number: distinct serial numbers.",
    source: `${WATS} (Unit Inclusion Rule)`,
  },
  {
    names: ["units_passed_first"],
    meaning: "How many units passed at the first attempt.",
    computed: "A count; fpy is this number divided by units.",
    source: OWN,
  },
  {
    names: ["attempts_per_unit", "tests/unit"],
    meaning:
      "How often a unit is tested on average. 1.00 means that nothing is tested twice.",
    computed:
      "Attempts of all units divided by units. WATS's retest rate is this number minus 1.",
    source: WATS,
  },
  {
    names: ["retest_rate", "retested_units"],
    meaning: "How many units were tested more than once, and their share.",
    computed: "Units with two or more attempts; divided by units.",
    source: OWN,
  },
  {
    names: ["failed_after_pass"],
    meaning:
      "Units that passed once and failed at their last attempt. Look at them: they are in lpy, not in the final yield.",
    computed: "Units with a passed attempt whose last attempt did not pass.",
    source: OWN,
  },
  {
    names: ["stopped_first"],
    meaning:
      "Units whose first run was stopped or skipped. Their first run with a verdict counts as first attempt.",
    computed: "A count of units with a verdict whose first run has none.",
    source: `${TOFUPILOT} (aborted runs do not count)`,
  },
  {
    names: ["undecided_units"],
    meaning: "Serial numbers that were never judged. They are not in units.",
    computed:
      "Serial numbers all of whose runs were stopped or skipped. Their first run says where they belong.",
    source: OWN,
  },
  {
    names: ["runs_without_serial_number", "no_serial_number"],
    meaning:
      "Runs that belong to no unit. They count in runs and failures, not in fpy and not in the measurements of first attempts.",
    computed:
      "Runs with a verdict whose serial number is missing or a placeholder. Call hardpy.set_dut_serial_number() in the test plan, or use --all-attempts for the measurements.",
    source: OWN,
  },
  {
    names: ["runs"],
    meaning:
      "How many runs there are: each once, however many copies HardPy stored. In a failure row: the runs that failed for this cause. In a case row: the runs that list the case.",
    computed:
      "Copies have the same start, name, hardware id, cases, times, statuses and measured values; their serial numbers agree, or the later copy has none.",
    source: OWN,
  },
  {
    names: ["passed", "failed", "error", "stopped", "skipped"],
    meaning:
      "Runs by status. In a case row: executions by status. Passed, failed and error are verdicts. In a measurement row, failed counts the entries with result false.",
    computed: "Counts of what HardPy wrote.",
    source: "HardPy",
  },
  {
    names: ["duration", "p95"],
    meaning:
      "How long passed runs take, in seconds; of a case: how long its executions take.",
    computed:
      "Stop minus start, where that is not negative. The median of two middle values is their mean. p95 is the nearest rank: the value at place 0.95 n, rounded up.",
    source: OWN,
  },
];
