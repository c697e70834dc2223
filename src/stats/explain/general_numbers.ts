import { type Explanation, OWN, TOFUPILOT } from "./explanation.ts";

export const generalNumbers: readonly Explanation[] = [
  {
    names: ["documents", "left_out", "copies"],
    meaning:
      "The documents that were read, and those that do not count. documents = runs + copies + the sum of left_out.",
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
  {
    names: ["part_numbers", "processes", "stands"],
    meaning:
      "How many of them the runs name. A missing name is none. For a measurement or a unit, stands are those that it was tested at.",
    computed:
      "Distinct texts. A process is /process/name, else # and /process/number, else the run's name. A stand is its name, else its hardware id.",
    source: OWN,
  },
  {
    names: ["measurements", "index"],
    meaning:
      "How many rows of measurements there are. The index tells entries of one name, unit and kind within a case apart.",
    computed:
      "One row for each part number, process, case, name, index, unit and kind, and for each limit set of it.",
    source: OWN,
  },
  {
    names: ["bytes", "seconds"],
    meaning: "How much was read, and how long all of it took.",
    computed: "Bytes as stored, so of a gzip file the packed ones.",
    source: OWN,
  },
  {
    names: [
      "count",
      "mixed_plans",
      "shared_stand_name",
      "limits_changed",
      "limits_vary",
      "unit_changed",
      "no_stand_name",
      "no_verdict",
      "several_stands",
      "wrong_clock",
    ],
    meaning:
      "A warning names a cause of misleading numbers. Several test plans share a process, or several PCs share a stand name. Limits or units of measure changed, or runs lack a stand name. A clock is wrong, units changed their stand, or runs have no verdict.",
    computed:
      "mixed_plans: part numbers and processes with several run names. shared_stand_name: stand names with several hardware ids. limits_changed: numeric measurements with 2 to 20 limit sets; limits_vary: with more. unit_changed: measurements that differ only in their unit of measure. no_stand_name, no_verdict (stopped, skipped): runs. several_stands: units whose attempts were at different stands. wrong_clock: runs in the future or before 2020.",
    source: OWN,
  },
];
