import { type Explanation, OWN, TOFUPILOT } from "./explanation.ts";

export const failureNumbers: readonly Explanation[] = [
  {
    names: ["share", "of all"],
    meaning:
      "The share of the failing runs of this part number and process that have this cause.",
    computed:
      "Runs with this cause divided by runs with status failed or error. The cause is the case that caused_dut_failure_id names, else the first case that failed or ended with an error.",
    source: "Pareto analysis",
  },
  {
    names: ["cumulative"],
    meaning:
      "The share of the failing runs that this row and the rows above it explain.",
    computed: "The sum of share down the list.",
    source: "Pareto analysis",
  },
  {
    names: ["first_attempts"],
    meaning:
      "How many first attempts this cause cost: what fpy would gain without it. The column first pass of the failures.",
    computed:
      "Failing runs of this cause that are the first attempt of a unit.",
    source: OWN,
  },
  {
    names: ["message"],
    meaning:
      "The message of a failure without what differs from run to run, so that equal failures fall together.",
    computed:
      "The first line of assertion_msg, else of the first text of msg. Serial number, times, ids, hexadecimal and decimal numbers become <serial>, <time>, <id>, <hex> and <n>. At most 120 characters stay.",
    source: OWN,
  },
  {
    names: ["retried", "attempts_max"],
    meaning:
      "How often HardPy repeated a case within a run: runs with a repetition, and the most attempts.",
    computed:
      "From the attempt of the case. The unit's attempts are not changed.",
    source: "HardPy",
  },
  {
    names: ["state"],
    meaning:
      "Where a unit stands: passed_on_retest, retested_after_pass, failed_after_pass or not_passed.",
    computed:
      "From the first and the last attempt, and whether any attempt passed. Only units with two attempts or more, or whose last attempt did not pass, are listed.",
    source: OWN,
  },
  {
    names: ["documents", "left_out", "copies"],
    meaning:
      "What was read, and what does not count. documents = runs + copies + the sum of left_out.",
    computed:
      "Left out in this order: unreadable, not_json, not_run, unfinished, no_time, copies, manual_mode, filtered.",
    source: OWN,
  },
  {
    names: ["sample", "sample_runs"],
    meaning:
      "Which runs give values: the first attempt of each unit, so that each unit counts once, or every attempt with --all-attempts.",
    computed:
      "first_attempts: the first attempt of every unit that counts. all_attempts: every run with a verdict that fits the filters.",
    source: TOFUPILOT,
  },
];
