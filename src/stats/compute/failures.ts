import type { Collector } from "../collect/collector.ts";
import type { Failure } from "../collect/failure_table.ts";
import { compareTexts } from "../collect/texts.ts";
import { FAILURE_RANKINGS, type FailureEvent } from "../events.ts";
import { utcText } from "../times.ts";
import type { RunOrder } from "./run_order.ts";

type Ranking = FailureEvent["by"];
type Cause = Pick<FailureEvent, "module" | "case" | "error_code" | "message">;

/** The failing runs of one cause. */
interface CauseGroup {
  readonly cause: Cause;
  readonly failures: Failure[];
}

/**
 * The three rankings of each part number and process.
 *
 * @param isFirst whether a run is the first attempt of a unit that counts.
 */
export function failureEvents(
  collector: Collector,
  order: RunOrder,
  isFirst: Uint8Array,
): FailureEvent[] {
  const { runs, failures } = collector;
  const all = [...failures].sort((a, b) =>
    placeOf(a, order) - placeOf(b, order)
  );
  const products = Map.groupBy(
    all,
    ({ run }) =>
      JSON.stringify([
        runs.textOf(run, "partNumber"),
        runs.textOf(run, "process"),
      ]),
  );
  const keys = [...products.keys()].map((key) => JSON.parse(key))
    .sort(([a, b], [c, d]) => compareTexts(a, c) || compareTexts(b, d));
  return FAILURE_RANKINGS.flatMap((by) =>
    keys.flatMap((key) =>
      ranked(by, products.get(JSON.stringify(key)) ?? [], {
        collector,
        isFirst,
      })
    )
  );
}

function placeOf({ run }: Failure, { places }: RunOrder): number {
  return places[run] ?? 0;
}

interface RankInput {
  readonly collector: Collector;
  readonly isFirst: Uint8Array;
}

function ranked(
  by: Ranking,
  failures: readonly Failure[],
  input: RankInput,
): FailureEvent[] {
  const groups = new Map<string, CauseGroup>();
  for (const failure of failures) {
    const cause = causeOf(by, failure, input.collector);
    const key = JSON.stringify(cause);
    const group = groups.get(key) ?? { cause, failures: [] };
    groups.set(key, group);
    group.failures.push(failure);
  }
  let before = 0;
  return [...groups.values()].sort(byRank).map((group) => {
    before += group.failures.length;
    return {
      event: "failure" as const,
      by,
      ...factsOf(group, input),
      share: group.failures.length / failures.length,
      cumulative: before / failures.length,
    };
  });
}

function causeOf(
  by: Ranking,
  failure: Failure,
  { cases }: Collector,
): Cause {
  const record = cases.records[failure.case ?? -1];
  const isByCode = by === "error_code";
  return {
    module: isByCode ? null : record?.module ?? null,
    case: isByCode ? null : record?.name ?? null,
    "error_code": isByCode ? failure.errorCode : null,
    message: by === "message" ? failure.message : null,
  };
}

function factsOf(
  { cause, failures }: CauseGroup,
  { collector: { runs }, isFirst }: RankInput,
): Omit<FailureEvent, "event" | "by" | "share" | "cumulative"> {
  const serials = new Set<number>();
  let [firstAttempts, first, last] = [0, Infinity, -Infinity];
  for (const { run } of failures) {
    serials.add(runs.idOf(run, "serialNumber"));
    firstAttempts += isFirst[run] ?? 0;
    const time = runs.timeOf(run);
    first = Math.min(time, first);
    last = Math.max(time, last);
  }
  const example = failures[0]?.run ?? 0;
  serials.delete(0);
  return {
    "part_number": runs.textOf(example, "partNumber"),
    process: runs.textOf(example, "process"),
    ...cause,
    runs: failures.length,
    units: serials.size,
    "first_attempts": firstAttempts,
    "first_time": utcText(first * 1000),
    "last_time": utcText(last * 1000),
    example: runs.sourceOf(example),
  };
}

function byRank(a: CauseGroup, b: CauseGroup): number {
  return b.failures.length - a.failures.length ||
    compareTexts(a.cause.module, b.cause.module) ||
    compareTexts(a.cause.case, b.cause.case) ||
    (a.cause.error_code ?? -Infinity) - (b.cause.error_code ?? -Infinity) ||
    compareTexts(a.cause.message, b.cause.message);
}
