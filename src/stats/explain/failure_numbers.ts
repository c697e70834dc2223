import { type Explanation, OWN } from "./explanation.ts";

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
    names: ["message", "fingerprint"],
    meaning:
      "The message of a failure without what differs from run to run, so that equal failures fall together.",
    computed:
      "The first line of assertion_msg, else of the first text of msg. Serial number, times, ids, hexadecimal and decimal numbers become <serial>, <time>, <id>, <hex> and <n>. At most 120 characters stay.",
    source: OWN,
  },
  {
    names: ["error_code"],
    meaning:
      "The error_code of the run: the number that the test plan gives for a failure.",
    computed: "As HardPy wrote it; null stands for none.",
    source: "HardPy",
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
    names: ["attempts"],
    meaning: "How often a unit was tested: its runs with a verdict, in order.",
    computed:
      "Runs of the serial number, part number and process with status passed, failed or error.",
    source: OWN,
  },
  {
    names: [
      "state",
      "passed_on_retest",
      "retested_after_pass",
      "not_passed",
    ],
    meaning:
      "The state of a unit: passed_on_retest, retested_after_pass, failed_after_pass or not_passed.",
    computed:
      "From the first and the last attempt, and whether any attempt passed. Only units with two attempts or more, or whose last attempt did not pass, are listed.",
    source: OWN,
  },
];
