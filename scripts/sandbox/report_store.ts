import { digestOf } from "../../src/runs/digest.ts";
import { deviceKey, slimBody, textOfPart } from "./report_parts.ts";
import type { StoredReport } from "./types.ts";

/** A report, and how many of its device there were with it. */
export interface Entry {
  readonly report: StoredReport;
  readonly attempt: number;
}

export interface ReportStoreOptions {
  /** False: of each report only what the reader's rows need is kept. */
  readonly keepTexts: boolean;
}

/** The reports that were stored, in their order, and found fast however many there are. */
export class ReportStore {
  readonly reports: StoredReport[] = [];
  readonly #keepTexts: boolean;
  #entries: Entry[] = [];
  readonly #byId = new Map<string, Entry>();
  readonly #byPart = new Map<string, Entry[]>();
  readonly #bySerial = new Map<string, Entry[]>();
  readonly #lastOfDevice = new Map<string, Entry>();
  readonly #byIdempotencyKey = new Map<string, StoredReport>();

  constructor({ keepTexts }: ReportStoreOptions) {
    this.#keepTexts = keepTexts;
  }

  async add(received: StoredReport): Promise<StoredReport> {
    const report = this.#keepTexts ? received : await slim(received);
    const key = deviceKey(report);
    const attempt = (this.#lastOfDevice.get(key)?.attempt ?? 0) + 1;
    const entry = { report, attempt };
    this.reports.push(report);
    this.#entries.push(entry);
    this.#byId.set(report.id, entry);
    this.#lastOfDevice.set(key, entry);
    const { partNumber, serialNumber } = textOfPart(report);
    push(this.#byPart, partNumber, entry);
    push(this.#bySerial, serialNumber, entry);
    return report;
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** The first report that came with the key, or this one, from now on. */
  firstWith(idempotencyKey: string, report: StoredReport): StoredReport {
    const first = this.#byIdempotencyKey.get(idempotencyKey) ?? report;
    this.#byIdempotencyKey.set(idempotencyKey, first);
    return first;
  }

  /** All that can have these numbers, and few others. */
  candidates(
    { partNumber, serialNumber }: {
      partNumber: string | null;
      serialNumber: string | null;
    },
  ): readonly Entry[] {
    if (serialNumber !== null) return this.#bySerial.get(serialNumber) ?? [];
    if (partNumber !== null) return this.#byPart.get(partNumber) ?? [];
    return this.#entries;
  }

  /** The last report of each device. */
  lastOfDevices(): Entry[] {
    return [...this.#lastOfDevice.values()];
  }

  clear(): void {
    this.reports.length = 0;
    this.#entries = [];
    this.#byId.clear();
    this.#byPart.clear();
    this.#bySerial.clear();
    this.#lastOfDevice.clear();
    this.#byIdempotencyKey.clear();
  }
}

/** Over the body without `rev` and `id`, as the program's own digest of a run. */
export async function digestOfReport(report: StoredReport): Promise<string> {
  return report.digest ?? await digestOf(report.text);
}

async function slim(report: StoredReport): Promise<StoredReport> {
  return {
    ...report,
    text: "",
    body: slimBody(report.body),
    digest: await digestOf(report.text),
  };
}

function push(
  index: Map<string, Entry[]>,
  key: string | undefined,
  entry: Entry,
): void {
  if (key === undefined) return;
  const entries = index.get(key);
  if (entries === undefined) index.set(key, [entry]);
  else entries.push(entry);
}
