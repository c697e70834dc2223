import { AppError } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { Secret } from "../system/secret.ts";
import type { RunIdentity } from "../runs/run.ts";
import {
  loginNotAccepted,
  notAllowed,
  notStandCloud,
} from "../standcloud/connection_error.ts";
import {
  postTestReport,
  type UploadAnswer,
} from "../standcloud/post_report.ts";
import { withBearer } from "../tokens/with_bearer.ts";
import {
  CAUSE_CHARACTERS,
  type Entry,
  type Settlement,
} from "./ledger/entry.ts";
import { refusal } from "./report/known_report.ts";
import { lookUp } from "../standcloud/look_up.ts";
import {
  isCrowded,
  mayHaveArrived,
  retryAfter,
  said,
  verdictOf,
} from "../standcloud/verdict.ts";
import type { UploadTarget } from "./target.ts";

export interface AttemptOptions {
  readonly target: UploadTarget;
  readonly clock: Clock;
  /** The time-out of a small request; a large report gets more. */
  readonly timeoutMilliseconds: number;
  /** Ends requests that are under way. */
  readonly cutOff: AbortSignal;
  /** Also waits for a network that does not heal by itself. */
  readonly isPatient: boolean;
}

/** What one claim is about. */
export interface Parcel {
  readonly entry: Entry;
  /** The document in wire form. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly identity: RunIdentity;
  /** The serial numbers of other forms that StandCloud may have stored: one form can lack it. */
  readonly otherSerialNumbers: readonly (string | null)[];
  readonly idempotencyKey: string;
}

/** One try to bring one claimed report to StandCloud. */
export class Attempt {
  readonly #parcel: Parcel;
  readonly #options: AttemptOptions;
  /** StandCloud takes no more requests at once. */
  isCrowded = false;
  #requests = 0;
  #isUnknown: boolean;
  #isPossiblyDuplicate = false;
  /** Nobody can say whether StandCloud has the report. */
  #isBlind = false;

  constructor(parcel: Parcel, options: AttemptOptions) {
    this.#parcel = parcel;
    this.#options = options;
    this.#isUnknown = parcel.entry.isUnknown;
  }

  /** @throws what ends the whole upload; then `unsent` is how the claim is settled. */
  async run(): Promise<Settlement> {
    try {
      const found = this.#isUnknown ? await this.#find() : undefined;
      return found ?? await this.#post();
    } catch (error) {
      if (!(error instanceof AppError) || !this.#isPassing(error)) throw error;
      this.isCrowded = isCrowded({
        httpStatus: error.httpStatus ?? null,
        error,
      });
      return this.unsent(error);
    }
  }

  /** How the claim is settled when the upload ends. */
  unsent(error: unknown): Settlement {
    if (!(error instanceof AppError)) return this.#waiting("not sent", null);
    return this.#waiting(error.message, error.httpStatus ?? null);
  }

  /** The report may go up later: the network or the service is at fault, not the login. */
  #isPassing({ code, kind }: AppError): boolean {
    return this.#options.isPatient
      ? kind === "network"
      : code === "unreachable";
  }

  /** Undefined: it is not there, as far as anybody can say. */
  async #find(): Promise<Settlement | undefined> {
    const { target, timeoutMilliseconds, cutOff: signal } = this.#options;
    const { identity, entry } = this.#parcel;
    const answer = await this.#authorized((token) =>
      lookUp(target.service, identity, {
        token,
        otherSerialNumbers: this.#parcel.otherSerialNumbers,
        timeoutMilliseconds,
        signal,
        isEnough: (testRunIds) =>
          this.#freeOf(testRunIds).length > target.ledger.twinsOf(entry),
      })
    );
    switch (answer.kind) {
      case "found": {
        const free = this.#freeOf(answer.testRunIds);
        const [own] = free;
        if (own === undefined) break;
        // Else it could be another report's that cannot be told from this one.
        this.#isBlind = free.length <= target.ledger.twinsOf(entry);
        if (!this.#isBlind) return this.#arrived(own, null);
        break;
      }
      case "unavailable":
        return this.#waiting(said(answer.status, READING), answer.status);
      case "unsupported":
        this.#isBlind = true;
        return undefined;
      case "absent":
    }
    // It stays unknown: another computer may send it before the next try.
    return undefined;
  }

  #freeOf(testRunIds: readonly (string | null)[]): (string | null)[] {
    return testRunIds.filter((id) => id === null || !this.#isOther(id));
  }

  /** Another report's run, or the one before this report is sent once more. */
  #isOther(testRunId: string): boolean {
    const { entry } = this.#parcel;
    const isEarlier = entry.state === "uploaded" &&
      entry.testRunId === testRunId;
    return isEarlier || this.#options.target.ledger.isTaken(testRunId, entry);
  }

  /** A token that is not accepted is renewed once. */
  async #authorized<Answer extends { kind: string }>(
    ask: (token: Secret) => Promise<Answer>,
  ): Promise<Exclude<Answer, { kind: "login_required" }>> {
    const { service, bearer } = this.#options.target;
    const isRefused = ({ kind }: Answer) => kind === "login_required";
    const answer = await withBearer(bearer, ask, isRefused);
    if (answer.kind !== "login_required") {
      return answer as Exclude<Answer, { kind: "login_required" }>;
    }
    const { status = 401 } = answer as { status?: number };
    throw loginNotAccepted(service.address, status, { flow: bearer.flow?.() });
  }

  async #post(): Promise<Settlement> {
    const { address } = this.#options.target.service;
    const answer = await this.#authorized((token) => this.#send(token));
    switch (answer.kind) {
      case "not_standcloud":
        throw notStandCloud(
          address,
          `HTTP ${answer.status} with a page or a redirect`,
          answer.status,
        );
      case "created":
        return this.#arrived(answer.testRunId, answer.status);
      default:
        return this.#notCreated(answer);
    }
  }

  async #send(token: Secret): Promise<UploadAnswer> {
    const { target: { service }, timeoutMilliseconds, cutOff: signal } =
      this.#options;
    const { body, idempotencyKey, entry } = this.#parcel;
    this.#requests++;
    try {
      return await postTestReport(service, body, {
        token,
        timeoutMilliseconds: timeoutMilliseconds +
          entry.bytes / SLOWEST_BYTES_PER_MILLISECOND,
        idempotencyKey,
        signal,
      });
    } catch (error) {
      if (mayHaveArrived(error) || signal.aborted) this.#noteUnknown();
      throw error;
    }
  }

  /** What was sent may be stored, and nobody has said so. */
  #noteUnknown(): void {
    this.#isUnknown = true;
    this.#isPossiblyDuplicate = this.#isBlind;
  }

  #notCreated(answer: UploadAnswer & { kind: "not_created" }): Settlement {
    const { status, details } = answer;
    const { kind, mayBeStored } = verdictOf(status);
    if (kind === "not_allowed") {
      throw notAllowed(this.#options.target.service.address, status);
    }
    if (mayBeStored) this.#noteUnknown();
    if (kind === "rejected") {
      const messages = details.map(({ message }) => message).join("; ");
      const cause = `${said(status)}: ${messages}`.replace(/: $/, "");
      const issues = details.map(refusal);
      return { ...this.#settled("rejected", { cause, status }), issues };
    }
    this.isCrowded = isCrowded({ httpStatus: status });
    const now = this.#options.clock.now();
    const wait = retryAfter(answer.retryAfter, now);
    const nextTryAt = wait === undefined
      ? null
      : new Date(now.getTime() + wait);
    return { ...this.#waiting(said(status), status), nextTryAt };
  }

  #arrived(testRunId: string | null, status: number | null): Settlement {
    this.#isUnknown = false;
    this.#isPossiblyDuplicate = this.#isBlind;
    return this.#settled("uploaded", { testRunId, status });
  }

  #waiting(cause: string, status: number | null): Settlement {
    return this.#settled("waiting", { cause, status });
  }

  #settled(
    state: Settlement["state"],
    { cause = null, status, testRunId = null }: {
      cause?: string | null;
      status: number | null;
      testRunId?: string | null;
    },
  ): Settlement {
    return {
      state,
      requests: this.#requests,
      httpStatus: status,
      cause: cause === null ? null : cause.slice(0, CAUSE_CHARACTERS),
      testRunId,
      isUnknown: this.#isUnknown,
      isPossiblyDuplicate: this.#isPossiblyDuplicate,
      nextTryAt: null,
    };
  }
}

/** A slower line than this takes no large report. */
const SLOWEST_BYTES_PER_MILLISECOND = 64;

const READING = { isReading: true };
