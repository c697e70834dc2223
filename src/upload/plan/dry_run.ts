import type { System } from "../../system/system.ts";
import { examine } from "../../runs/examine.ts";
import { Tally, type UploadResult } from "../report/report.ts";
import { Plan, type PlanOptions } from "./plan.ts";

/** Says what `uploadRuns` would do, and does none of it. */
export async function dryRun(
  system: System,
  options: PlanOptions,
): Promise<UploadResult> {
  const { clock, interrupted } = system;
  const now = clock.now();
  const tally = new Tally(clock);
  const plan = new Plan(options);
  const all = plan.preparations(system, (source) => examine(source, { now }));
  for await (const preparation of all) {
    interrupted.throwIfAborted();
    const report = plan.reportOf(preparation);
    if (report === undefined) continue;
    tally.add(report);
    options.onReport(report);
  }
  return tally.result();
}
