import { Secret } from "../../src/system/secret.ts";
import { Attempt } from "../../src/upload/attempt.ts";
import { newEntry, type Settlement } from "../../src/upload/ledger/entry.ts";
import type { Ledger } from "../../src/upload/ledger/ledger.ts";
import { blankReport } from "../../src/upload/report/report.ts";
import {
  UploadContext,
  type UploadListener,
} from "../../src/upload/upload_context.ts";
import { fakeService } from "../standcloud/fake_service.ts";
import { NOON } from "../system/fake_clock.ts";
import type { PreparedAnswer } from "../system/fake_http_client.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { reportKey } from "./ledger/ledgers.ts";

const IDENTITY = {
  partNumber: "PN",
  standName: "stand",
  serialNumber: "SN",
  startTime: 1741341910,
  stopTime: 1741341972,
};
interface Scene {
  readonly isUnknown?: boolean;
  /** Runs that other reports are. */
  readonly taken?: readonly string[];
  /** Reports that StandCloud cannot tell from this one. */
  readonly twins?: number;
  readonly isPatient?: boolean;
}

const BLANK = { source: "a.json", file: "a.json" };

const SILENT: UploadListener = {
  report: () => {},
  passedOver: () => {},
  paused: () => {},
  resumed: () => {},
  fileEnd: () => Promise.resolve(true),
};

async function* nothing(): AsyncGenerator<never> {}

/** One try against prepared answers, with tokens `token-1`, `token-2`. */
export async function tried(
  answers: readonly [request: string, answer: PreparedAnswer][],
  { isUnknown = false, taken = [], twins = 0, isPatient = false }: Scene = {},
): Promise<Settlement> {
  using service = fakeService();
  for (const one of answers) service.http.prepare(...one);
  const key = reportKey(1);
  const entry = { ...newEntry(key, NOON), isUnknown };
  const ledger: Pick<
    Ledger,
    "freeOf" | "twinsOf" | "unansweredSerialNumbers"
  > = {
    freeOf: (ids) => ids.filter((id) => !taken.includes(id ?? "")),
    twinsOf: () => twins,
    unansweredSerialNumbers: () => [],
  };
  const upload = new UploadContext(fakeSystem("/home"), {
    target: {
      service,
      ledger: ledger as Ledger,
      bearer: (rejected) =>
        Promise.resolve(new Secret(rejected ? "token-2" : "token-1")),
    },
    sources: { all: nothing() },
    policy: {
      concurrency: 1,
      timeoutMilliseconds: 1000,
      retryMilliseconds: isPatient ? Infinity : 0,
      force: false,
      fillUnknown: false,
    },
    listener: SILENT,
  }, { cutOff: new AbortController().signal });
  const prepared = {
    ...key,
    form: "report",
    formerDigests: [],
    onlyCopy: undefined,
    body: new TextEncoder().encode("{}"),
    identity: IDENTITY,
    blank: blankReport({ ...BLANK, issues: [], isReadable: true }),
  } as const;
  const attempt = new Attempt(upload, { prepared, entry });
  return await attempt.run();
}
