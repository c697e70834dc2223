import type { System } from "../../../src/system/system.ts";
import type {
  ClaimOptions,
  EntryFacts,
  EntryKey,
  Settlement,
} from "../../../src/upload/ledger/entry.ts";
import { fakeSystem } from "../../system/fake_system.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import {
  type OpenLedger,
  openLedger,
} from "../../../src/upload/ledger/open_ledger.ts";

export const ADDRESS = "demo.standcloud.io";

/** A report; the same number, the same report. */
export function reportKey(
  number: number,
  changes: Partial<EntryKey & EntryFacts> = {},
): EntryKey & EntryFacts {
  return {
    address: ADDRESS,
    digest: number.toString(16).padStart(64, "0"),
    source: `/runs/${number}.json`,
    bytes: 100,
    serialNumber: `SN-${number}`,
    partNumber: "PN",
    runKey: null,
    form: null,
    isFilled: false,
    place: null,
    ...changes,
  };
}

export const ONCE: ClaimOptions = { again: false, rejectedToo: false };

export const UPLOADED: Settlement = {
  state: "uploaded",
  requests: 1,
  httpStatus: 201,
  cause: null,
  testRunId: "run-1",
  isUnknown: false,
  isPossiblyDuplicate: false,
  nextTryAt: null,
};

export const REJECTED: Settlement = {
  ...UPLOADED,
  state: "rejected",
  httpStatus: 422,
  cause: "no",
  testRunId: null,
};

export const WAITING: Settlement = {
  ...REJECTED,
  state: "waiting",
  httpStatus: 503,
  cause: "busy",
};

/** A ledger that knows so many reports, closed; what became of them, in turn. */
export async function filledLedger(
  home: string,
  reports: number,
  settlements: readonly Settlement[] = [UPLOADED],
): Promise<string> {
  const system = fakeSystem(home);
  await using opened = await quietLedger(system);
  const { ledger } = opened;
  await ledger.begin();
  const keys = Array.from({ length: reports }, (_, i) => reportKey(i));
  await Promise.all(keys.map((key) => ledger.claim(key, ONCE)));
  await Promise.all(
    keys.map((key, i) =>
      ledger.settle(key, settlements[i % settlements.length] ?? UPLOADED)
    ),
  );
  return system.paths().ledgerFile;
}

/** A ledger whose damage shows when its 500 reports are read: an empty one would be sound. */
export async function ledgerWithDamagedRows(home: string): Promise<string> {
  await using folder = await TemporaryFolder.make();
  const empty = await Deno.stat(await filledLedger(folder.path, 0));
  const path = await filledLedger(home, 500);
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.fill(0xff, empty.size));
  return path;
}

/** Opens a stand's ledger, and objects to a warning that nobody asked for. */
export function quietLedger(system: System): Promise<OpenLedger> {
  return openLedger(system, (message) => {
    throw new Error(message);
  });
}

/** The ledger of a stand of its own. */
export async function stand(): Promise<
  & Awaited<ReturnType<typeof quietLedger>>
  & { system: ReturnType<typeof fakeSystem> }
> {
  const folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path);
  const opened = await quietLedger(system);
  await opened.ledger.begin();
  return {
    ...opened,
    system,
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
