import { AppError } from "../system/app_error.ts";
import type { Secret } from "../system/secret.ts";
import { notAllowed, notStandCloud } from "../standcloud/connection_error.ts";
import { lookUp } from "../standcloud/look_up.ts";
import {
  type NotCreated,
  postTestReport,
  type UploadAnswer,
} from "../standcloud/post_report.ts";
import { retryAt } from "../standcloud/retry_after.ts";
import {
  isCrowded,
  mayHaveArrived,
  said,
  verdictOf,
} from "../standcloud/verdict.ts";
import { withLogin } from "../tokens/with_bearer.ts";
import {
  CAUSE_CHARACTERS,
  type Entry,
  type Settlement,
} from "./ledger/entry.ts";
import { refusal, refusalCause } from "./report/known_report.ts";
import type { Prepared } from "./sources/prepare.ts";
import type { UploadContext } from "./upload_context.ts";

/** A run that this process has claimed. */
export interface Claimed {
  readonly prepared: Prepared;
  /** As the ledger had it before the claim. */
  readonly entry: Entry;
}

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
      if (!this.#upload.traffic.mayPass(error)) throw error;
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

  /** Looks the run up. Undefined when it is to be sent: StandCloud does not show it. */
  async #find(): Promise<Settlement | undefined> {
    const { input: { target, policy }, ledger, address, cutOff } = this.#upload;
    const { timeoutMilliseconds } = policy;
    const key = { ...this.#prepared, address };
    const otherSerialNumbers = ledger.unansweredSerialNumbers(key);
    const freeOf = (ids: readonly (string | null)[]) =>
      ledger.freeOf(ids, this.#entry);
    const twins = () => ledger.twinsOf(this.#entry);
    const answer = await withLogin(
      target,
      (token) =>
        lookUp(target.service, this.#prepared.identity, {
          ...{ token, otherSerialNumbers, timeoutMilliseconds, signal: cutOff },
          isEnough: (testRunIds) => freeOf(testRunIds).length > twins(),
        }),
    );
    if (answer.kind === "unavailable") {
      const { status } = answer;
      return this.#waiting(said(status, { isReading: true }), status);
    }
    const free = answer.kind === "found" ? freeOf(answer.testRunIds) : [];
    const [own] = free;
    // Fewer runs than twins: each could be that of another report.
    this.#isBlind = answer.kind === "unsupported" ||
      own !== undefined && free.length <= twins();
    // Otherwise it stays unknown: another computer may send it before the next try.
    return own === undefined || this.#isBlind
      ? undefined
      : this.#arrived(own, null);
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
    const { timeoutMilliseconds } = policy;
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
    const cause = refusalCause(status, details);
    const issues = details.map(refusal);
    return { ...this.#settled("rejected", { cause, status }), issues };
  }

  #postponed({ status, retryAfter: header }: NotCreated): Settlement {
    this.isCrowded = isCrowded({ httpStatus: status });
    const nextTryAt = retryAt(header, this.#upload.system.clock.now());
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
