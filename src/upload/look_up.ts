import type { Secret } from "../system/secret.ts";
import type { RunIdentity } from "../runs/run.ts";
import { findTestRuns, type TestRunRow } from "../standcloud/test_runs.ts";
import type { Service } from "../standcloud/service.ts";

/** What StandCloud says to the question whether it has a run. */
export type LookUp =
  | { readonly kind: "found"; readonly testRunIds: readonly (string | null)[] }
  | { readonly kind: "absent" }
  /** Nobody can say. */
  | { readonly kind: "unsupported" }
  | { readonly kind: "login_required"; readonly status: number }
  | { readonly kind: "unavailable"; readonly status: number };

/**
 * Asks whether a run is there. Part number and stand name are the filters that
 * the reader API is known to have; serial number, start and stop time decide.
 * A run without a serial number or a start time cannot be told from others.
 *
 * @throws `unreachable`, …
 */
export async function lookUp(
  service: Service,
  identity: RunIdentity,
  options: {
    token: Secret;
    timeoutMilliseconds: number;
    signal?: AbortSignal;
  },
): Promise<LookUp> {
  const { partNumber, standName, serialNumber, startTime } = identity;
  if (
    partNumber === null || standName === null || !serialNumber ||
    startTime === null
  ) return { kind: "unsupported" };
  const answer = await findTestRuns(service, {
    ...options,
    filters: { "part_number": partNumber, "test_stand_name": standName },
  });
  if (answer.kind !== "read") return answer;
  const rows = answer.value.filter((row) => isSame(row, identity));
  return rows.length === 0
    ? { kind: "absent" }
    : { kind: "found", testRunIds: rows.map(({ testRunId }) => testRunId) };
}

function isSame(row: TestRunRow, identity: RunIdentity): boolean {
  return row.serialNumber === identity.serialNumber &&
    secondsOf(row.startTime) === identity.startTime &&
    secondsOf(row.stopTime) === identity.stopTime;
}

function secondsOf(date: Date | null): number | null {
  return date === null ? null : Math.floor(date.getTime() / 1000);
}
