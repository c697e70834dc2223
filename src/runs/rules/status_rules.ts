import type { Found, Rule } from "./rule.ts";
import type { CaseView, NamedPart } from "./parts.ts";
import type { RunView } from "./run_view.ts";
import { schemaFindings } from "./schema_rules.ts";
import { isEmpty, quoted } from "../values.ts";

export const inconsistentStatus: Rule = {
  word: "inconsistent-status",
  brief: "The status of the run does not fit its cases, or is none",
  severities: ["error", "warning", "info"],
  profile: "both",
  isForEveryDocument: true,
  explanation:
    `StandCloud counts yield by the status of runs and finds causes by the status of cases; where they
disagree, one of the two numbers is wrong. A status of "run" is that of a test that was still going on
when the document was saved. A document in which no case began is no run: HardPy collected the tests,
or refused to start them (connection_only without a connection).`,
  fix: "store the report when the run has ended (post_run_functions)",
  failing: { at: "/status", json: '"run"' },
  passing: { at: "/status", json: '"passed"' },
  *check(run) {
    yield* schemaFindings(run, "inconsistent-status");
    const said = disagreement(run);
    if (said === undefined) return;
    const { severity, message } = said;
    yield { severity, path: run.path("status"), message };
  },
};

function disagreement(
  { run, fields: { status }, modules, cases }: RunView,
): Pick<Found, "severity" | "message"> | undefined {
  if (run.isCollection) {
    const message = "These are collected tests, not a run: no case began";
    return { severity: "warning", message };
  }
  if (run.isRefusedStart) {
    const message = "This is a start that was refused, not a run";
    return { severity: "warning", message };
  }
  if (status === "run" || status === "ready") {
    const message = `The run has not ended: its status is "${status}"`;
    return { severity: "warning", message };
  }
  const failed = cases.find(hasFailed) ?? modules.find(hasFailed);
  if (status === "passed" && failed !== undefined) {
    const kind = "module" in failed ? "case" : "module";
    const message = `The run has passed, but ${kind} ${
      quoted(failed.name)
    } has the status "${failed.status}"`;
    return { severity: "warning", message };
  }
  return status === "failed" && !cases.some(hasFailed)
    ? { severity: "info", message: "The run has failed, but none of its cases" }
    : undefined;
}

function hasFailed({ status }: NamedPart): boolean {
  return status === "failed" || status === "error";
}

/** Its test function was called. */
function isTried({ fields: { attempt } }: CaseView): boolean {
  return typeof attempt !== "number" || attempt > 0;
}

/** Its test function failed, not a fixture before it or the teardown after it. */
function hasSurelyFailed(one: CaseView): boolean {
  return hasFailed(one) && isTried(one) &&
    one.measurements.some(({ fields: { result } }) => result === false);
}

/** A failure that was expected (xfail) is skipped after its attempt. */
function mayBeCause(one: CaseView): boolean {
  return hasFailed(one) || one.status === "skipped" && isTried(one);
}

export const wrongFailureCause: Rule = {
  word: "wrong-failure-cause",
  brief: "The cause of the failure is missing, or no failed case",
  severities: ["warning", "info"],
  profile: "current",
  explanation:
    `HardPy names the first failed case as MODULE::CASE, by their keys. StandCloud's failure statistics
count by it, so a wrong name counts for nothing. A failure that was expected (xfail) may be named too.
HardPy names no cause where only fixtures or their teardown failed.`,
  fix: "let HardPy write it: do not change caused_dut_failure_id",
  failing: {
    at: "/caused_dut_failure_id",
    json: '"test_supply::test_missing"',
  },
  passing: { at: "/caused_dut_failure_id", json: "null" },
  *check(run) {
    const said = wrongCause(run);
    if (said === undefined) return;
    const { severity, message } = said;
    yield { severity, path: run.path("caused_dut_failure_id"), message };
  },
};

function wrongCause(
  { fields, cases }: RunView,
): Pick<Found, "severity" | "message"> | undefined {
  const cause = fields["caused_dut_failure_id"];
  if (isEmpty(cause)) {
    // HardPy names none for fixtures; a teardown looks like a test in the document.
    return fields["status"] === "failed" && cases.some(hasSurelyFailed)
      ? { severity: "info", message: "The run has failed, but names no cause" }
      : undefined;
  }
  if (typeof cause !== "string") return undefined;
  const named: CaseView | undefined = cases.find(({ id }) => id === cause);
  if (named !== undefined && mayBeCause(named)) return undefined;
  return {
    severity: "warning",
    message: named === undefined
      ? `The cause of the failure is ${
        quoted(cause)
      }, but there is no such case`
      : `The cause of the failure is case ${quoted(named.name)}, but it is ${
        quoted(named.status)
      }`,
  };
}
