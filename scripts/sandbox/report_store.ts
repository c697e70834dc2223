import { digestOf } from "../../src/runs/digest.ts";
import { deviceKey, numbersOf, slimBody } from "./report_parts.ts";
import type { StoredReport } from "./types.ts";

/** A report as the reader sees it. */
export interface Entry {
  readonly report: StoredReport;
  /** What its row shows of the document. */
  readonly shown: Record<string, unknown>;
  /** How many reports of its device there were with it. */
  readonly attempt: number;
}

/** A report that has come in, and its text as `JSON.parse` read it. */
export interface Received extends Omit<StoredReport, "body" | "digest"> {
  readonly parsed: Record<string, unknown>;
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
  readonly #byIdempotencyKey = new Map<string, string>();

  constructor({ keepTexts }: ReportStoreOptions) {
    this.#keepTexts = keepTexts;
  }

  add({ parsed, ...received }: Received): StoredReport {
    const shown = slimBody(parsed);
    const report = this.#keepTexts
      ? withBody(received)
      : withoutText(received, shown);
    const key = deviceKey(shown);
    const attempt = (this.#lastOfDevice.get(key)?.attempt ?? 0) + 1;
    const entry = { report, shown, attempt };
    this.reports.push(report);
    this.#entries.push(entry);
    this.#byId.set(report.id, entry);
    this.#lastOfDevice.set(key, entry);
    const { partNumber, serialNumber } = numbersOf(shown);
    push(this.#byPart, partNumber, entry);
    push(this.#bySerial, serialNumber, entry);
    return report;
  }

  get(id: string): Entry | undefined {
    return this.#byId.get(id);
  }

  /** The id that first came with the key; from now on this one, if there was none. */
  firstIdWith(idempotencyKey: string, id: string): string {
    const first = this.#byIdempotencyKey.get(idempotencyKey) ?? id;
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
export function digestOfReport(report: StoredReport): string {
  return report.digest ?? digestOf(report.text);
}

/** Parsed when somebody asks: the objects of a document take several times its text. */
function withBody(received: Omit<StoredReport, "body">): StoredReport {
  return {
    ...received,
    get body() {
      return JSON.parse(received.text);
    },
  };
}

function withoutText(
  received: Omit<StoredReport, "body">,
  shown: Record<string, unknown>,
): StoredReport {
  const digest = digestOf(received.text);
  return { ...received, text: "", body: shown, digest };
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
