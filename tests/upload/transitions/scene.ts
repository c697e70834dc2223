import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { examine } from "../../../src/runs/examine.ts";
import type { AppError } from "../../../src/system/app_error.ts";
import type { HttpRequest } from "../../../src/system/http_client.ts";
import { Secret } from "../../../src/system/secret.ts";
import type { System } from "../../../src/system/system.ts";
import type {
  Entry,
  EntryFacts,
  EntryKey,
} from "../../../src/upload/ledger/entry.ts";
import type { Ledger } from "../../../src/upload/ledger/ledger.ts";
import { prepare } from "../../../src/upload/sources/prepare.ts";
import type { Report } from "../../../src/upload/report/report.ts";
import type { UploadSource } from "../../../src/upload/sources/upload_source.ts";
import type { UploadSources } from "../../../src/upload/sources/upload_source.ts";
import type {
  UploadListener,
  UploadPolicy,
} from "../../../src/upload/upload_context.ts";
import { uploadRuns } from "../../../src/upload/upload_runs.ts";
import { fakeService, REPORT } from "../../standcloud/fake_service.ts";
import type { PreparedAnswer } from "../../system/fake_http_client.ts";
import { address } from "../../tokens/logins.ts";
import { quietLedger, stand } from "../ledger/ledgers.ts";

/** What the user of an upload sees. */
export interface Seen {
  readonly reports: readonly Report[];
  /** What was said beside the reports. */
  readonly notes: readonly string[];
  /** How many requests were made. */
  readonly requests: number;
  readonly sent: readonly HttpRequest[];
  readonly stopped: AppError | undefined;
  /** On the fake clock. */
  readonly milliseconds: number;
}

/** Called at each sleep of the upload, and at each request, with their number from 1. */
export interface Meanwhile {
  onSleep?(number: number): Promise<void> | void;
  onRequest?(number: number): Promise<void> | void;
}

export interface SceneOptions
  extends Meanwhile, Partial<UploadPolicy>, Pick<UploadSources, "live"> {
  onFile?: UploadListener["fileEnd"];
  onStop?(): void;
  /** Of the POSTs, in turn. */
  readonly answers?: readonly PreparedAnswer[];
  /** Before that: whether StandCloud has the run. */
  readonly lookUps?: readonly PreparedAnswer[];
}

const LOOK_UP =
  `GET ${address.apiBase}/test_run?part_number=CSB-204&test_stand_name=bench-3&serial_number=SN-1`;

/** A stand with a real ledger, a fake clock and a StandCloud of prepared answers. */
export class Scene implements AsyncDisposable {
  readonly #stand: Awaited<ReturnType<typeof stand>>;
  readonly #others = new AsyncDisposableStack();
  readonly #interrupt = new AbortController();

  private constructor(made: Awaited<ReturnType<typeof stand>>) {
    this.#stand = made;
  }

  static async make(): Promise<Scene> {
    return new Scene(await stand());
  }

  get ledger(): Ledger {
    return this.#stand.ledger;
  }

  /** As by Ctrl-C. */
  interrupt(reason: AppError): void {
    this.#interrupt.abort(reason);
  }

  /** The ledger as another process of the stand has it open. */
  async otherProcess(): Promise<Ledger> {
    const opened = await quietLedger(this.#stand.system);
    this.#others.use(opened);
    await opened.ledger.begin();
    return opened.ledger;
  }

  /** Time that goes by between two uploads. */
  wait(milliseconds: number): void {
    this.#stand.system.clock.advance(milliseconds);
  }

  /** The ledger's file, as a damage or another program changes it. */
  database(): DatabaseSync {
    return new DatabaseSync(this.#stand.system.paths().ledgerFile);
  }

  /** Another program keeps the ledger locked until the stand has slept so often. */
  lockLedger(sleeps: number): void {
    const database = this.database();
    database.exec("BEGIN IMMEDIATE");
    const { clock } = this.#stand.system;
    const { sleep } = clock;
    let left = sleeps;
    clock.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (--left === 0) database.close();
    };
  }

  /** A process dies whose claims are in the ledger. */
  killSenders(): void {
    using database = this.database();
    database.prepare("UPDATE reports SET owner = ? WHERE state = 'sending'")
      .run(crypto.randomUUID());
  }

  /** As when a later state of the runs takes their place. */
  dropEntries(): void {
    using database = this.database();
    database.exec("DELETE FROM reports; DELETE FROM documents");
  }

  async stateOf(source: UploadSource): Promise<Entry["state"] | undefined> {
    return this.ledger.find(await keyOf(source))?.state;
  }

  async upload(
    sources: readonly UploadSource[] | AsyncIterable<UploadSource>,
    { answers = [], lookUps = [], live, onSleep, onRequest, ...options }:
      SceneOptions = {},
  ): Promise<Seen> {
    using service = fakeService();
    service.http.prepare(LOOK_UP, ...lookUps);
    service.http.prepare(REPORT, ...answers);
    const { http } = service;
    const counted = {
      ...http,
      async send(...[url, request]: Parameters<typeof http.send>) {
        await onRequest?.(http.requests.length + 1);
        return await http.send(url, request);
      },
    };
    const reports: Report[] = [];
    const notes: string[] = [];
    const { clock } = this.#stand.system;
    const begin = clock.monotonic();
    const { stopped } = await uploadRuns(this.#system(onSleep), {
      sources: { all: each(sources), live },
      target: {
        service: { address: service.address, http: counted },
        bearer: () => Promise.resolve(new Secret("token")),
        ledger: this.ledger,
      },
      policy: {
        concurrency: 2,
        timeoutMilliseconds: 10_000,
        retryMilliseconds: 60_000,
        force: false,
        fillUnknown: false,
        ...options,
      },
      listener: {
        report: (report) => void reports.push(report),
        passedOver: (note) => void notes.push(note),
        paused: ({ cause }) => void notes.push(`paused: ${cause}`),
        resumed: () => void notes.push("resumed"),
        fileEnd: options.onFile ?? (() => Promise.resolve(true)),
        stopped: () => options.onStop?.(),
      },
    });
    const milliseconds = clock.monotonic() - begin;
    const requests = http.requests.length;
    const sent = http.requests;
    return { reports, notes, requests, sent, stopped, milliseconds };
  }

  /** On this clock nothing takes time but what is slept. */
  #system(onSleep: Meanwhile["onSleep"]): System {
    const { system } = this.#stand;
    let sleeps = 0;
    const clock = {
      ...system.clock,
      async sleep(milliseconds: number) {
        await onSleep?.(++sleeps);
        await system.clock.sleep(milliseconds);
      },
    };
    return { ...system, clock, interrupted: this.#interrupt.signal };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#others.disposeAsync();
    await this.#stand[Symbol.asyncDispose]();
  }
}

async function* each(
  sources: readonly UploadSource[] | AsyncIterable<UploadSource>,
): AsyncGenerator<UploadSource> {
  yield* sources;
}

/** By what the ledger knows the first run of a source. */
export async function keyOf(
  source: UploadSource,
): Promise<EntryKey & EntryFacts> {
  const [examined] = await examine(source);
  assert.ok(examined);
  const preparation = prepare(examined, source, {
    fillUnknown: false,
    hasEntriesOfBefore: false,
  });
  assert.ok("prepared" in preparation);
  return { ...preparation.prepared, address: address.text };
}

/** Outcomes, and what is said of them. */
export function told({ reports }: Seen): (readonly (string | null)[])[] {
  return reports.map(({ outcome, reason }) => [outcome, reason]);
}

/** What keeps a run back, by the rules or by StandCloud. */
export function errorsOf(report: Report | undefined): Report["issues"] {
  return report?.issues.filter(({ severity }) => severity === "error") ?? [];
}
