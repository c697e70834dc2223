import type { Examined } from "../runs/examine.ts";
import { FormsMet, FullerForms } from "../runs/forms_met.ts";
import type { Service } from "../standcloud/service.ts";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { BearerSource } from "../tokens/bearer.ts";
import type { EntryKey } from "./ledger/entry.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Report } from "./report/report.ts";
import type { FileEnd, OpenFile } from "./sources/open_files.ts";
import { type Preparation, prepare, type Prepared } from "./sources/prepare.ts";
import { Turns } from "./sources/turns.ts";
import type { UploadSource, UploadSources } from "./sources/upload_source.ts";
import type { PauseNotice } from "./traffic/pace.ts";
import { Traffic, type TrafficPolicy } from "./traffic/traffic.ts";

/** Where reports go, with whose login, and what is known of them there. */
export interface UploadTarget {
  readonly service: Service;
  readonly bearer: BearerSource;
  readonly ledger: Ledger;
}

export interface UploadPolicy extends TrafficPolicy {
  /** Sends also what was uploaded or rejected. */
  readonly force: boolean;
  /** Puts "unknown" where a mandatory field is missing. */
  readonly fillUnknown: boolean;
}

/** Hears how the upload goes. */
export interface UploadListener {
  /** Called as each report is done, in no fixed order. */
  report(report: Report): void;
  /** Told of what is no run. */
  passedOver(note: string): void;
  paused(pause: PauseNotice): void;
  resumed(): void;
  readonly fileEnd: FileEnd;
  /** Told when nothing more is sent: sources that go on for ever can end. */
  stopped?(): void;
}

export interface UploadInput {
  readonly target: UploadTarget;
  readonly sources: UploadSources;
  readonly policy: UploadPolicy;
  readonly listener: UploadListener;
}

/** What all documents of an upload share. */
export class UploadContext {
  readonly system: System;
  readonly input: UploadInput;
  /** Ends requests that are under way. */
  readonly cutOff: AbortSignal;
  /** Aborted when nothing more is to be sent, with the `AppError` that says why. */
  readonly signal: AbortSignal;
  readonly traffic: Traffic;
  readonly turns: Turns<OpenFile>;
  /** Fuller forms of runs that are at hand. */
  readonly forms = new FullerForms();
  /** Distinguishes the requests of `--force` from those of earlier uploads. */
  readonly startedAt: number;
  readonly #stop = new AbortController();
  /** Runs that `--force` has sent: once, however often they come. */
  readonly #forced = new FormsMet();

  constructor(
    system: System,
    input: UploadInput,
    { cutOff }: { cutOff: AbortSignal },
  ) {
    const { clock, interrupted } = system;
    const { sources: { until }, policy, listener } = input;
    this.system = system;
    this.input = input;
    this.cutOff = cutOff;
    this.startedAt = clock.now().getTime();
    const ends = [this.#stop.signal, interrupted, ...until ? [until] : []];
    this.signal = AbortSignal.any(ends);
    this.traffic = new Traffic({
      ...{ clock, random: Math.random, signal: this.signal },
      ...{ ...policy, pauses: this.ledger.pauses, address: this.address },
      onPause: (pause) => listener.paused(pause),
      onResume: () => listener.resumed(),
    });
    this.turns = new Turns((prepared) =>
      this.ledger.joins({ ...prepared, address: this.address })
    );
  }

  get ledger(): Ledger {
    return this.input.target.ledger;
  }

  get address(): string {
    return this.input.target.service.address.text;
  }

  /** Why nothing more is sent; undefined as long as documents are. */
  get stopped(): AppError | undefined {
    return this.signal.aborted ? this.signal.reason : undefined;
  }

  /** Nothing more is sent. */
  end(error: unknown): void {
    if (!(error instanceof AppError)) throw error;
    this.#stop.abort(error);
    this.input.listener.stopped?.();
  }

  /** What is said of a document that is not sent because the upload ends. */
  unsent(report: Report): Report {
    const { message: reason = "not sent", httpStatus = null } = this.stopped ??
      {};
    return { ...report, reason, httpStatus };
  }

  prepare(examined: Examined, source: UploadSource): Preparation {
    const { policy: { fillUnknown }, sources: { only } } = this.input;
    const { hasEntriesOfBefore } = this.ledger;
    return prepare(examined, source, { fillUnknown, only, hasEntriesOfBefore });
  }

  /** By which the ledger knows the run of a report; undefined for what is no run. */
  keyOf({ digest }: Report): EntryKey | undefined {
    return digest === null ? undefined : { address: this.address, digest };
  }

  /** Whether the run is sent although it was uploaded or rejected before. */
  isForced(prepared: Prepared): boolean {
    return this.input.policy.force && !this.#forced.has(prepared);
  }

  /** StandCloud has answered for good. */
  answered(prepared: Prepared): void {
    this.traffic.pace.succeeded();
    if (this.input.policy.force) this.#forced.add(prepared);
  }
}
