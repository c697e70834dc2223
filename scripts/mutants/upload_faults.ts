import type { Faults } from "./mutant.ts";

const DOCUMENT = "tests/upload/document_upload_test.ts";
const CASES = "tests/upload/document_cases_test.ts";
const FORMS = "tests/upload/document_forms_test.ts";
const SETTLING = "tests/upload/settling_test.ts";

/** Faults in the upload of one document, and in the steps before it. */
export const UPLOAD_FAULTS: readonly Faults[] = [
  {
    file: "src/upload/document_states.ts",
    tests: [DOCUMENT],
    faults: [
      [
        `["reading", "fuller form waiting", "left", "drop"]`,
        `["reading", "fuller form waiting", "ready", "claim"]`,
      ],
      [
        `["ready", "paused", "pausing", "sleep"]`,
        `["ready", "paused", "waiting", "report"]`,
      ],
      [
        `["claimed", "failed", "pausing", "sleep"]`,
        `["claimed", "failed", "claimed", "send"]`,
      ],
      [
        `["pausing", "stopped", "waiting", "report"]`,
        `["pausing", "stopped", "reading", "read"]`,
      ],
    ],
  },
  {
    file: "src/upload/document.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [`=== "busy" || event === "fuller form under way"`, `=== "busy"`],
      [`state === "waiting" || state === "held"`, `state === "waiting"`],
      [`this.#release(true);`, `this.#release(false);`],
      [`isBusy ? waitForOther(policy) : policy`, `false ? 0 : policy`],
      [`if (isBusy) await ledger.recover();`, ``],
      [`await next.catch((error) => this.#stop(error))`, `await next`],
      [
        `clock.monotonic() + wait - this.#begin > budget`,
        `clock.monotonic() + wait > budget`,
      ],
    ],
  },
  {
    file: "src/upload/upload_context.ts",
    tests: [CASES, DOCUMENT],
    faults: [
      [`if (this.input.policy.force) this`, `if (false) this`],
      [`policy.force && !this.#forced.has(prepared)`, `policy.force`],
      [`this.input.listener.stopped?.();`, ``],
    ],
  },
  {
    file: "src/upload/claim.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [`again || only !== undefined`, `only !== undefined`],
      [
        `forms.some((one) => one?.state === "sending")`,
        `forms[0]?.state === "sending"`,
      ],
    ],
  },
  {
    file: "src/upload/send.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [`upload.answered(claimed.prepared);`, ``],
      [`upload.end(error);`, `setTimeout(() => upload.end(error), 0);`],
      [`await pace.failed(cause ?? "not sent", {`, `void ({`],
    ],
  },
  {
    file: "src/upload/ledger/entry.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [[`state !== "uploaded" || settlement`, `true || settlement`]],
  },
  {
    file: "src/upload/reading.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [`source.tryAgain?.();`, ``],
      [`if (heldAs && !ledger.find(heldAs))`, `if (false)`],
      [`if (report.digest !== null) upload.forms.forget(report.digest);`, ``],
      [`entry === undefined && isLive(source)`, `false`],
      [`isHeld ? { ...source, heldAs } : source`, `source`],
    ],
  },
  {
    file: "src/upload/sources/find_again.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [` && isRun(one)`, ``],
      [`key && upload.ledger.documentOf(key)`, `undefined`],
    ],
  },
  {
    file: "src/upload/upload_runs.ts",
    tests: [CASES, FORMS, DOCUMENT],
    faults: [
      [`fullestFirst(examined, ({ run }) => run?.form)`, `examined`],
      [`if (this.#files.isTold(report)) return;`, ``],
    ],
  },
  {
    file: "src/upload/sources/settling.ts",
    tests: [SETTLING],
    faults: [
      [`if (this.#half.get(source.name) !== source) return;`, ``],
      [`if (this.#fresh.get(name) !== fresh) return;`, ``],
      [`before && !areSameRun(before.examined, examined)`, `before`],
      [`if (areSameRun(examined, last)) await`, `if (true) await`],
      [`run?.form === "history"`, `false`],
      [`tries === TRIES || signal`, `tries === 2 * TRIES || signal`],
      [`run?.isFinished);`, `run === null);`],
    ],
  },
];

const ATTEMPT = "tests/upload/attempt_test.ts";
const POLICY = "tests/standcloud/verdict_test.ts";

/** Faults in one request, and in the time of the next one. */
export const REQUEST_FAULTS: readonly Faults[] = [
  {
    file: "src/upload/attempt.ts",
    tests: [ATTEMPT, CASES],
    faults: [
      [`this.#isUnknown ? await this.#find() : undefined`, `undefined`],
      [`free.length <= twins()`, `false`],
      [`mayHaveArrived(error) || signal.aborted`, `mayHaveArrived(error)`],
      [`if (verdict.mayBeStored) this.#noteUnknown();`, ``],
      ["`${prepared.digest}-${this.#upload.startedAt}`", "prepared.digest"],
      [`cause?.slice(0, CAUSE_CHARACTERS)`, `cause`],
    ],
  },
  {
    file: "src/upload/ledger/ledger.ts",
    tests: ["tests/upload/ledger/ledger_test.ts"],
    faults: [[`id !== before && !this`, `!this`]],
  },
  {
    file: "src/standcloud/post_report.ts",
    tests: [ATTEMPT, CASES],
    faults: [[`document.length / SLOWEST_BYTES_PER_MILLISECOND`, `0`]],
  },
  {
    file: "src/standcloud/verdict.ts",
    tests: [POLICY, ATTEMPT],
    faults: [
      [`[403, 403, NOT_ALLOWED]`, `[403, 403, REJECTED]`],
      [`[500, 599, UNKNOWN]`, `[500, 599, NOT_NOW]`],
      [`cause.reason === "timeout" || cause`, `cause`],
    ],
  },
  {
    file: "src/upload/traffic/pace.ts",
    tests: ["tests/upload/traffic/pace_test.ts"],
    faults: [[`2 ** Math.min(failures - 1, 16)`, `2 ** 16`]],
  },
  {
    file: "src/upload/traffic/traffic.ts",
    tests: [DOCUMENT, ATTEMPT],
    faults: [
      [`? error.kind === "network"`, `? error.code === "unreachable"`],
      [`givenUp !== undefined || this`, `this`],
      [` || this.isPatient && isPaused`, ``],
    ],
  },
];
