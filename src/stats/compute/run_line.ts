import type { Collector } from "../collect/collector.ts";
import type { RunLine } from "../statistics.ts";
import { utcText } from "../times.ts";

/** Makes the lines of runs in lists. */
export function runLines(
  { runs, cases, failures }: Collector,
): (run: number) => RunLine {
  const causes = new Map<number, number>();
  for (const { run, case: cause } of failures) {
    if (cause !== undefined) causes.set(run, cause);
  }
  return (run) => {
    const cause = cases.records[causes.get(run) ?? -1];
    return {
      source: runs.sourceOf(run),
      time: utcText(runs.timeOf(run) * 1000) ?? "",
      status: runs.statusOf(run),
      "serial_number": runs.textOf(run, "serialNumber"),
      "part_number": runs.textOf(run, "partNumber"),
      process: runs.textOf(run, "process"),
      stand: runs.textOf(run, "stand"),
      batch: runs.textOf(run, "batch"),
      operator: runs.textOf(run, "operator"),
      cause: cause === undefined ? null : `${cause.module}::${cause.name}`,
    };
  };
}
