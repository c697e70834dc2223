import type { Run } from "../../runs/run.ts";
import { artifactOf } from "./artifact.ts";
import { findCause } from "./cause.ts";
import { describeModule } from "./describe_case.ts";
import { factGroups } from "./facts.ts";
import { type Clean, JsonNode } from "./json_node.ts";
import { isOff } from "./measurement.ts";
import { countBy } from "../../page/status.ts";
import { durationText } from "./times.ts";
import type { ModuleView, RunView } from "./view.ts";

export interface DescribeOptions {
  /** The name of the file. */
  readonly source: string;
  readonly digest?: string | undefined;
  readonly clean: Clean;
}

/** A run as a person reads it. Never throws, whatever the document lacks. */
export function describeRun(
  run: Pick<Run, "text" | "slice" | "isRefusedStart">,
  { source, digest, clean }: DescribeOptions,
): RunView {
  const root = new JsonNode(run.text, run.slice, clean);
  const modules = root.get("modules").entries()
    .map(([key, node]) => describeModule(clean(key), node));
  const cases = modules.flatMap((module) => module.cases);
  const start = root.get("start_time").number;
  const duration = durationText(start, root.get("stop_time").number);
  return {
    source: clean(source),
    digest,
    name: root.get("name").line || "(no name)",
    status: root.get("status").line ?? "",
    duration: duration ?? (start === undefined ? unstarted(run) : "not ended"),
    facts: factGroups(root),
    cause: findCause(root, modules),
    counts: countBy(cases.map(({ status }) => status)),
    measurements: countMeasurements(modules),
    modules,
    artifact: artifactOf(root.get("artifact")),
  };
}

function unstarted({ isRefusedStart }: Pick<Run, "isRefusedStart">): string {
  return isRefusedStart ? "not started: HardPy refused it" : "not started";
}

function countMeasurements(
  modules: readonly ModuleView[],
): RunView["measurements"] {
  const all = modules.flatMap(({ cases }) =>
    cases.flatMap(({ measurements }) => measurements)
  );
  return { count: all.length, off: all.filter(isOff).length };
}
