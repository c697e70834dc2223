import type { Entry } from "../../src/upload/ledger/entry.ts";
import { reportKey } from "../upload/ledger/ledgers.ts";

/** A run that was uploaded at that time. */
export function uploadedAt(time: Date): Entry {
  return {
    run: "",
    ...reportKey(10),
    state: "uploaded",
    attempts: 1,
    httpStatus: 201,
    cause: null,
    testRunId: "run-1",
    isUnknown: false,
    isPossiblyDuplicate: false,
    createdAt: time,
    updatedAt: time,
    nextTryAt: null,
    issues: [],
  };
}
