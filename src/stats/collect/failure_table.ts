import type { Fields } from "../../runs/values.ts";
import { Column } from "./column.ts";
import type { ListedCase } from "./case_table.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { finiteNumber, type RunFacts } from "./run_facts.ts";
import { cleanText, Texts } from "./texts.ts";

/** A person reads no more of them, and a message may differ in each run. */
export const MOST_MESSAGES = 20_000;

/** Stands for all messages beyond. */
export const OTHER_MESSAGES = `(beyond ${MOST_MESSAGES} different messages)`;

/** A run that failed or ended with an error, and what caused it. */
export interface Failure {
  readonly run: number;
  /** The number of the case; undefined when the document tells none. */
  readonly case: number | undefined;
  readonly errorCode: number | null;
  readonly message: string | null;
}

/** Why runs did not pass. */
export class FailureTable {
  readonly #runs = new Column(Uint32Array);
  /** Plus 1; 0 is none. */
  readonly #cases = new Column(Uint32Array);
  readonly #errorCodes = new Column(Float64Array);
  readonly #messages = new Column(Uint32Array);
  readonly #texts = new Texts();
  /** Runs whose message is one of those beyond. */
  beyond = 0;

  add(
    run: Fields,
    facts: RunFacts,
    { id, cases }: { id: number; cases: readonly ListedCase[] },
  ): void {
    const cause = causeOf(run, cases);
    const message = cause && fingerprintOf(cause.fields, facts.serialNumber);
    this.#runs.push(id);
    this.#cases.push(cause === undefined ? 0 : cause.record.id + 1);
    this.#errorCodes.push(finiteNumber(run["error_code"]) ?? NaN);
    this.#messages.push(this.#messageId(message ?? null));
  }

  *[Symbol.iterator](): Generator<Failure> {
    for (let index = 0; index < this.#runs.length; index++) {
      yield this.#at(index);
    }
  }

  #at(index: number): Failure {
    const cause = this.#cases.at(index);
    const errorCode = this.#errorCodes.at(index);
    return {
      run: this.#runs.at(index),
      case: cause === 0 ? undefined : cause - 1,
      errorCode: Number.isNaN(errorCode) ? null : errorCode,
      message: this.#texts.textOf(this.#messages.at(index)),
    };
  }

  #messageId(message: string | null): number {
    const known = this.#texts.find(message);
    if (known !== undefined) return known;
    if (this.#texts.size < MOST_MESSAGES) return this.#texts.idOf(message);
    this.beyond++;
    return this.#texts.idOf(OTHER_MESSAGES);
  }
}

/** The case that HardPy names as the cause, else the first that did not pass. */
function causeOf(
  run: Fields,
  cases: readonly ListedCase[],
): ListedCase | undefined {
  const bad = cases.filter(({ fields: { status } }) =>
    status === "failed" || status === "error"
  );
  const named = cleanText(run["caused_dut_failure_id"]);
  return bad.find(({ record }) =>
    `${record.module}::${record.name}` === named
  ) ??
    bad[0];
}
