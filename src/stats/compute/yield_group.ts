import type { RunTable } from "../collect/run_table.ts";
import { compareTexts } from "../collect/texts.ts";
import {
  type Grouping,
  RUN_STATUSES,
  type StatusCounts,
  type YieldEvent,
} from "../events.ts";
import { durationSummary, wilsonInterval } from "../rates.ts";
import { utcText } from "../times.ts";
import {
  isDecided,
  passedFirst,
  passedLast,
  passedWithin,
  type Unit,
} from "./units.ts";

/** What the rows of a table of yields are of. */
export interface GroupName {
  readonly by: Grouping | null;
  readonly group: string | null;
  readonly partNumber: string | null;
  readonly process: string | null;
}

/** The runs and the units of one row. */
export class YieldGroup {
  readonly name: GroupName;
  readonly #table: RunTable;
  readonly #statuses = RUN_STATUSES.map(() => 0);
  readonly #durations = new Map<number, number>();
  readonly #partNumbers = new Set<number>();
  readonly #processes = new Set<number>();
  readonly #units: Unit[] = [];
  #firstTime = Infinity;
  #lastTime = -Infinity;
  #withoutSerial = 0;
  #undecided = 0;

  constructor(table: RunTable, name: GroupName) {
    this.#table = table;
    this.name = name;
  }

  addRun(run: number): void {
    const table = this.#table;
    const status = RUN_STATUSES.indexOf(table.statusOf(run));
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    const time = table.timeOf(run);
    this.#firstTime = Math.min(time, this.#firstTime);
    this.#lastTime = Math.max(time, this.#lastTime);
    this.#partNumbers.add(table.idOf(run, "partNumber"));
    this.#processes.add(table.idOf(run, "process"));
    const hasSerial = table.idOf(run, "serialNumber") !== 0;
    if (table.hasVerdict(run) && !hasSerial) this.#withoutSerial++;
    const duration = table.stopOf(run) - table.startOf(run);
    if (!table.hasPassed(run) || !(duration >= 0)) return;
    const before = this.#durations.get(duration) ?? 0;
    this.#durations.set(duration, before + 1);
  }

  addUnit(unit: Unit): void {
    if (isDecided(unit)) this.#units.push(unit);
    else this.#undecided++;
  }

  event(): YieldEvent {
    const { by, group, partNumber, process } = this.name;
    const counts = Object.fromEntries(
      RUN_STATUSES.map((status, at) => [status, this.#statuses[at] ?? 0]),
    ) as StatusCounts;
    const runs = this.#statuses.reduce((sum, count) => sum + count);
    const judged = counts.passed + counts.failed + counts.error;
    return {
      event: "yield",
      by,
      group,
      "part_number": partNumber,
      process,
      "part_numbers": known(this.#partNumbers),
      processes: known(this.#processes),
      "first_time": utcText(this.#firstTime * 1000),
      "last_time": utcText(this.#lastTime * 1000),
      runs,
      ...counts,
      "run_yield": rate(counts.passed, judged),
      "runs_without_serial_number": this.#withoutSerial,
      ...(by === "part-number" ? this.#rolled() : this.#yields()),
      duration: durationSummary(this.#durations),
    };
  }

  #yields() {
    const table = this.#table;
    const units = this.#units;
    const n = units.length;
    const count = (test: (unit: Unit) => boolean) => units.filter(test).length;
    const first = count((unit) => passedFirst(table, unit));
    const last = count((unit) => passedLast(table, unit));
    const ever = count((unit) => passedWithin(table, unit));
    const within = (most: number) =>
      rate(count((unit) => passedWithin(table, unit, most)), n);
    const retested = count(({ attempts }) => attempts.length > 1);
    const attempts = units.reduce((sum, unit) => sum + unit.attempts.length, 0);
    const [low, high] = wilsonInterval(first, n);
    return {
      units: n,
      "units_passed_first": first,
      fpy: rate(first, n),
      "fpy_low": low,
      "fpy_high": high,
      spy: within(2),
      tpy: within(3),
      lpy: rate(ever, n),
      "final_yield": rate(last, n),
      rty: null,
      "failed_after_pass": ever - last,
      "retested_units": retested,
      "retest_rate": rate(retested, n),
      "attempts_per_unit": rate(attempts, n),
      "stopped_first": count(({ runs }) => !table.hasVerdict(runs[0] ?? 0)),
      "undecided_units": this.#undecided,
    };
  }

  /** Nothing of a part number is pooled over its processes: only their yields are multiplied. */
  #rolled() {
    const table = this.#table;
    const serials = new Set<number>();
    const byProcess = Map.groupBy(this.#units, ({ runs: [run = 0] }) => {
      serials.add(table.idOf(run, "serialNumber"));
      return table.textOf(run, "process");
    });
    let rty: number | null = null;
    const processes = [...byProcess].sort(([a], [b]) => compareTexts(a, b));
    for (const [, units] of processes) {
      const passed = units.filter((unit) => passedFirst(table, unit)).length;
      rty = (rty ?? 1) * passed / units.length;
    }
    return { units: serials.size, ...NO_YIELDS, rty };
  }
}

const NO_YIELDS = {
  "units_passed_first": null,
  fpy: null,
  "fpy_low": null,
  "fpy_high": null,
  spy: null,
  tpy: null,
  lpy: null,
  "final_yield": null,
  "failed_after_pass": null,
  "retested_units": null,
  "retest_rate": null,
  "attempts_per_unit": null,
  "stopped_first": null,
  "undecided_units": null,
};

/** How many there are; a missing one is none. */
function known(ids: ReadonlySet<number>): number {
  return ids.size - (ids.has(0) ? 1 : 0);
}

export function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
