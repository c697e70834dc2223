import { AppError } from "../system/app_error.ts";
import type { Secret } from "../system/secret.ts";
import { notAllowed, notStandCloud } from "../standcloud/connection_error.ts";
import { lookUp } from "../standcloud/look_up.ts";
import {
  postTestReport,
  type UploadAnswer,
} from "../standcloud/post_report.ts";
import {
  isCrowded,
  mayHaveArrived,
  retryAfter,
  said,
  verdictOf,
} from "../standcloud/verdict.ts";
import { withLogin } from "../tokens/with_bearer.ts";
import {
  CAUSE_CHARACTERS,
  type Entry,
  type Settlement,
} from "./ledger/entry.ts";
import { refusal } from "./report/known_report.ts";
import type { Prepared } from "./sources/prepare.ts";
import type { UploadContext } from "./upload_context.ts";

/** A run that this process has claimed. */
export interface Claimed {
  readonly prepared: Prepared;
  /** As the ledger had it before the claim. */
  readonly entry: Entry;
}

/** A slower line than this takes no large report. */
const SLOWEST_BYTES_PER_MILLISECOND = 64;

/** One try to bring one claimed run to StandCloud. */
export class Attempt {
  /** StandCloud takes no more requests at once. */
  isCrowded = false;
  readonly #upload: UploadContext;
  readonly #prepared: Prepared;
  readonly #entry: Entry;
  #requests = 0;
  #isUnknown: boolean;
  #isPossiblyDuplicate = false;
  /** StandCloud does not tell whether it has the run. */
  #isBlind = false;

  constructor(upload: UploadContext, { prepared, entry }: Claimed) {
    this.#upload = upload;
    this.#prepared = prepared;
    this.#entry = entry;
    this.#isUnknown = entry.isUnknown;
  }

  /** @throws what ends the whole upload; then `unsent` is how the claim is settled. */
  async run(): Promise<Settlement> {
    try {
      const found = this.#isUnknown ? await this.#find() : undefined;
      return found ?? await this.#post();
    } catch (error) {
      if (!(error instanceof AppError) || !this.#mayPass(error)) throw error;
      const { httpStatus = null } = error;
      this.isCrowded = isCrowded({ httpStatus, error });
      return this.unsent(error);
    }
  }

  /** How the claim is settled when the upload ends. */
  unsent(error: unknown): Settlement {
    return error instanceof AppError
      ? this.#waiting(error.message, error.httpStatus)
      : this.#waiting("not sent");
  }

  /** The run may go up later: the network or the service is at fault, not the login. */
  #mayPass({ code, kind }: AppError): boolean {
    return this.#upload.traffic.isPatient
      ? kind === "network"
      : code === "unreachable";
  }

  /** Looks the run up. Undefined when it is to be sent: StandCloud does not show it. */
  async #find(): Promise<Settlement | undefined> {
    const { input: { target, policy }, ledger, address, cutOff } = this.#upload;
    const { timeoutMilliseconds } = policy;
    // Other forms were sent without an answer: the run may be stored under their numbers.
    const otherSerialNumbers = ledger
      .otherForms({ ...this.#prepared, address })
      .filter(({ isUnknown }) => isUnknown)
      .map(({ serialNumber }) => serialNumber);
    const twins = () => ledger.twinsOf(this.#entry);
    const answer = await withLogin(
      target,
      (token) =>
        lookUp(target.service, this.#prepared.identity, {
          ...{ token, otherSerialNumbers, timeoutMilliseconds, signal: cutOff },
          isEnough: (testRunIds) => this.#freeOf(testRunIds).length > twins(),
        }),
    );
    if (answer.kind === "unavailable") {
      const { status } = answer;
      return this.#waiting(said(status, { isReading: true }), status);
    }
    const free = answer.kind === "found" ? this.#freeOf(answer.testRunIds) : [];
    const [own] = free;
    // Fewer runs than twins: each could be that of another report.
    this.#isBlind = answer.kind === "unsupported" ||
      own !== undefined && free.length <= twins();
    // Otherwise it stays unknown: another computer may send it before the next try.
    return own === undefined || this.#isBlind
      ? undefined
      : this.#arrived(own, null);
  }

  #freeOf(testRunIds: readonly (string | null)[]): (string | null)[] {
    return testRunIds.filter((id) => id === null || !this.#isOther(id));
  }

  /** Another report's run, or the one before this report is sent once more. */
  #isOther(testRunId: string): boolean {
    const entry = this.#entry;
    const isEarlier = entry.state === "uploaded" &&
      entry.testRunId === testRunId;
    return isEarlier || this.#upload.ledger.isTaken(testRunId, entry);
  }

  async #post(): Promise<Settlement> {
    const { target } = this.#upload.input;
    const { address } = target.service;
    const answer = await withLogin(target, (token) => this.#send(token));
    const { kind, status } = answer;
    if (kind === "created") return this.#arrived(answer.testRunId, status);
    if (kind === "not_standcloud") {
      const cause = `HTTP ${status} with a page or a redirect`;
      throw notStandCloud(address, cause, status);
    }
    const verdict = verdictOf(status);
    if (verdict.kind === "not_allowed") throw notAllowed(address, status);
    if (verdict.mayBeStored) this.#noteUnknown();
    return verdict.kind === "rejected"
      ? this.#rejected(answer)
      : this.#postponed(answer);
  }

  async #send(token: Secret): Promise<UploadAnswer> {
    const { input: { target, policy }, cutOff: signal } = this.#upload;
    const prepared = this.#prepared;
    // The same for each try, so that a service that knows the key stores the run once.
    const idempotencyKey = this.#upload.isForced(prepared)
      ? `${prepared.digest}-${this.#upload.startedAt}`
      : prepared.digest;
    const timeoutMilliseconds = policy.timeoutMilliseconds +
      this.#entry.bytes / SLOWEST_BYTES_PER_MILLISECOND;
    const options = { token, timeoutMilliseconds, idempotencyKey, signal };
    this.#requests++;
    try {
      return await postTestReport(target.service, prepared.body, options);
    } catch (error) {
      if (mayHaveArrived(error) || signal.aborted) this.#noteUnknown();
      throw error;
    }
  }

  /** StandCloud may have stored what was sent, and has not said so. */
  #noteUnknown(): void {
    this.#isUnknown = true;
    this.#isPossiblyDuplicate = this.#isBlind;
  }

  #rejected({ status, details }: NotCreated): Settlement {
    const messages = details.map(({ message }) => message).join("; ");
    const cause = `${said(status)}: ${messages}`.replace(/: $/, "");
    const issues = details.map(refusal);
    return { ...this.#settled("rejected", { cause, status }), issues };
  }

  #postponed({ status, retryAfter: header }: NotCreated): Settlement {
    this.isCrowded = isCrowded({ httpStatus: status });
    const now = this.#upload.system.clock.now();
    const wait = retryAfter(header, now);
    const nextTryAt = wait === undefined
      ? null
      : new Date(now.getTime() + wait);
    return { ...this.#waiting(said(status), status), nextTryAt };
  }

  #arrived(testRunId: string | null, status: number | null): Settlement {
    this.#isUnknown = false;
    this.#isPossiblyDuplicate = this.#isBlind;
    return { ...this.#settled("uploaded", { status }), testRunId };
  }

  #waiting(cause: string, status: number | null = null): Settlement {
    return this.#settled("waiting", { cause, status });
  }

  #settled(
    state: Settlement["state"],
    { cause, status }: { cause?: string; status: number | null },
  ): Settlement {
    return {
      state,
      requests: this.#requests,
      httpStatus: status,
      cause: cause?.slice(0, CAUSE_CHARACTERS) ?? null,
      testRunId: null,
      isUnknown: this.#isUnknown,
      isPossiblyDuplicate: this.#isPossiblyDuplicate,
      nextTryAt: null,
    };
  }
}

type NotCreated = UploadAnswer & { readonly kind: "not_created" };
