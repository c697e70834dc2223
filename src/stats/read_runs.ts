import { readingsOf, type RunSource } from "../runs/examine.ts";
import type { Reading } from "../runs/read_runs.ts";
import { readAhead } from "../sources/read_ahead.ts";
import type { System } from "../system/system.ts";
import type { Collector } from "./collect/collector.ts";

/** HardPy's history of runs, as a file or as a document of CouchDB. */
const HISTORY = /(?:^|[\\/])runstore[\\/#]\d+(?:\.json(?:\.gz)?)?$/i;

/** A copy that lacks what post-run functions add comes after the others. */
export function historyLast(sources: readonly RunSource[]): RunSource[] {
  const isHistory = ({ name }: RunSource) => HISTORY.test(name);
  return [
    ...sources.filter((source) => !isHistory(source)),
    ...sources.filter(isHistory),
  ];
}

/** Reads one document after the other and lets it go. Nothing is validated. */
export async function collectRuns(
  { interrupted }: Pick<System, "interrupted">,
  sources: readonly RunSource[],
  collector: Collector,
  onRead: (sources: number) => void = () => {},
): Promise<void> {
  let read = 0;
  for await (const { source, size } of readAhead(historyLast(sources))) {
    collector.bytes += size;
    for (const reading of await documentsOf(source)) {
      interrupted.throwIfAborted();
      if (reading === undefined) collector.leaveOut("unreadable", source.name);
      else take(collector, reading, source.name + reading.label);
    }
    onRead(++read);
  }
}

/** Undefined stands for a source that cannot be read. */
async function documentsOf(
  source: RunSource,
): Promise<(Reading | undefined)[]> {
  try {
    const readings = await readingsOf(source, { withStates: true });
    return "reason" in readings ? [undefined] : readings;
  } catch (error) {
    // The engine's own limits: the length of a string, the depth of nesting.
    if (!(error instanceof RangeError)) throw error;
    return [undefined];
  }
}

function take(collector: Collector, reading: Reading, source: string): void {
  if ("run" in reading) return collector.add(reading.run.value, source);
  const { pythonRun, isBroken } = reading;
  if (pythonRun !== undefined) return collector.add(pythonRun.value, source);
  collector.leaveOut(isBroken ? "not_json" : "not_run", source);
}
