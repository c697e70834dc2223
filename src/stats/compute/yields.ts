import type { Collector } from "../collect/collector.ts";
import type { RunText } from "../collect/run_table.ts";
import { compareTexts } from "../collect/texts.ts";
import type { Grouping, YieldEvent } from "../events.ts";
import type { LocalDays } from "../local_days.ts";
import type { RunOrder } from "./run_order.ts";
import { placingRun, type Unit } from "./units.ts";
import { type GroupName, YieldGroup } from "./yield_group.ts";

const TEXTS: Readonly<
  Record<Exclude<Grouping, "day" | "week">, RunText>
> = {
  stand: "stand",
  batch: "batch",
  operator: "operator",
  "part-number": "partNumber",
  process: "process",
};

interface YieldInput {
  readonly collector: Collector;
  readonly order: RunOrder;
  /** Those that are included. */
  readonly units: readonly Unit[];
  readonly days: LocalDays;
}

/**
 * The yields of each part number in each process, further grouped; null: not further.
 * A run is asked where it belongs itself, a unit belongs where its first attempt does.
 */
export function yieldsBy(
  by: Grouping | null,
  { collector: { runs }, order, units, days }: YieldInput,
): YieldEvent[] {
  const groups = new Map<string, YieldGroup>();
  const groupOf = (run: number): YieldGroup => {
    const name = nameOf(run);
    const key = JSON.stringify([name.group, name.partNumber, name.process]);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const group = new YieldGroup(runs, name);
    groups.set(key, group);
    return group;
  };
  const nameOf = (run: number): GroupName => ({
    by,
    group: groupText(run),
    partNumber: by === "process" ? null : runs.textOf(run, "partNumber"),
    process: by === "part-number" ? null : runs.textOf(run, "process"),
  });
  const groupText = (run: number): string | null => {
    if (by === null) return null;
    if (by !== "day" && by !== "week") return runs.textOf(run, TEXTS[by]);
    const [time, zone] = [runs.timeOf(run), runs.textOf(run, "timezone")];
    return by === "day" ? days.dayOf(time, zone) : days.weekOf(time, zone);
  };
  for (const run of order.runs) if (runs.fits(run)) groupOf(run).addRun(run);
  for (const unit of units) groupOf(placingRun(unit)).addUnit(unit);
  return [...groups.values()].sort(byName).map((group) => group.event());
}

function byName({ name: a }: YieldGroup, { name: b }: YieldGroup): number {
  return compareTexts(a.group, b.group) ||
    compareTexts(a.partNumber, b.partNumber) ||
    compareTexts(a.process, b.process);
}
