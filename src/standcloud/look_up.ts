import type { Secret } from "../system/secret.ts";
import type { RunIdentity } from "../runs/run.ts";
import { findTestRuns, type TestRunRow } from "./test_runs.ts";
import type { Service } from "./service.ts";

/** What StandCloud says to the question whether it has a run. */
export type LookUp =
  | { readonly kind: "found"; readonly testRunIds: readonly (string | null)[] }
  | { readonly kind: "absent" }
  /** Nobody can say. */
  | { readonly kind: "unsupported" }
  | { readonly kind: "login_required"; readonly status: number }
  | { readonly kind: "unavailable"; readonly status: number };

const UNSUPPORTED: LookUp = { kind: "unsupported" };

interface LookUpOptions {
  readonly token: Secret;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
  /** Under which the run may also have been stored; null: under none. */
  readonly otherSerialNumbers?: readonly (string | null)[];
  /**
   * Whether these runs are enough to decide. The answer may have 100,000 rows:
   * the rest of it is not read then. Default: all rows are read.
   */
  readonly isEnough?: (testRunIds: readonly (string | null)[]) => boolean;
}

/**
 * Asks whether a run is there; serial number, start and stop time decide. A run
 * without a serial number or a start time cannot be told from others.
 *
 * Part number and stand name are the filters that the reader API is known to
 * have. With the serial number as well the answer is small, and one that holds
 * the run is good; but a service that does not know that filter may answer with
 * nothing, so nothing is believed only without it.
 *
 * An answer that is broken, cut off, or one page of several can show that the
 * run is there, and never that it is not.
 *
 * @throws `unreachable`, …
 */
export async function lookUp(
  service: Service,
  identity: RunIdentity,
  { isEnough = () => false, otherSerialNumbers = [], ...options }:
    LookUpOptions,
): Promise<LookUp> {
  const { partNumber, standName, startTime } = identity;
  const serialNumbers = new Set(otherSerialNumbers);
  if (identity.serialNumber) serialNumbers.add(identity.serialNumber);
  if (
    partNumber === null || standName === null || startTime === null ||
    serialNumbers.size === 0
  ) return UNSUPPORTED;
  const known = { "part_number": partNumber, "test_stand_name": standName };
  const narrow = [...serialNumbers].filter((one) => one !== null)
    .map((one) => ({ ...known, "serial_number": one }));
  let answer;
  for (const filters of [...narrow, known]) {
    const testRunIds: (string | null)[] = [];
    const take = (rows: readonly TestRunRow[]) => {
      const same = rows.filter((row) =>
        serialNumbers.has(row.serialNumber || null) && isSameTime(row, identity)
      );
      testRunIds.push(...same.map((row) => row.testRunId));
      return same.length === 0 || !isEnough(testRunIds);
    };
    answer = await findTestRuns(service, { ...options, filters, take });
    if (answer.kind !== "read" && answer.kind !== "unsupported") return answer;
    if (answer.kind === "read" && testRunIds.length > 0) {
      return { kind: "found", testRunIds };
    }
  }
  return answer?.kind === "read" && !answer.value.isPart
    ? { kind: "absent" }
    : UNSUPPORTED;
}

/** A range of look-up keys: the runs in it differ only by their serial number. */
export interface LookUpRange {
  readonly prefix: string;
  readonly suffix: string;
}

/** Undefined for a run without part number, stand name or start. */
export function lookUpRange(
  { partNumber, standName, startTime, stopTime }: RunIdentity,
): LookUpRange | undefined {
  if (partNumber === null || standName === null || startTime === null) {
    return undefined;
  }
  return {
    prefix: `${JSON.stringify([partNumber, standName]).slice(0, -1)},`,
    suffix: `,${JSON.stringify([startTime, stopTime]).slice(1)}`,
  };
}

/** All that a look-up goes by, in one text; null for a run that cannot be told from others. */
export function lookUpKey(identity: RunIdentity): string | null {
  const distinct = distinctOf(identity);
  return distinct === undefined
    ? null
    : JSON.stringify(Object.values(distinct));
}

function distinctOf(
  { partNumber, standName, serialNumber, startTime, stopTime }: RunIdentity,
) {
  return partNumber === null || standName === null || !serialNumber ||
      startTime === null
    ? undefined
    : { partNumber, standName, serialNumber, startTime, stopTime };
}

function isSameTime(row: TestRunRow, identity: RunIdentity): boolean {
  return secondsOf(row.startTime) === identity.startTime &&
    secondsOf(row.stopTime) === identity.stopTime;
}

function secondsOf(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 1000);
}
