import type { SchemaProblem } from "../schema/problem.ts";
import type { Example, Found, Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";

/** The rule that speaks about a problem of the schema. */
export type SchemaRule =
  | SchemaProblem["kind"]
  | "info-value-type"
  | "inconsistent-status";

const INFO_VALUE =
  /^\/(?:(?:dut|test_stand|process)|dut\/sub_units\/\d+|test_stand\/instruments\/\d+)\/info\/[^/]*$/;
const STATUS = /^(?:\/modules\/[^/]*(?:\/cases\/[^/]*)?)?\/status$/;

/** Some have a rule of their own, which can say more. */
function ruleOf({ path, kind }: SchemaProblem): SchemaRule {
  if (kind === "wrong-type" && INFO_VALUE.test(path)) return "info-value-type";
  return kind === "wrong-value" && STATUS.test(path)
    ? "inconsistent-status"
    : kind;
}

/** What the schema has to say for one rule. */
export function* schemaFindings(
  run: RunView,
  rule: SchemaRule,
): Generator<Found> {
  for (const problem of run.schemaProblems) {
    if (ruleOf(problem) !== rule) continue;
    const { path, message } = problem;
    yield { severity: "error", path, message };
  }
}

const MODEL =
  `HardPy checks a run against the model of its version before it loads it anywhere, and refuses one
that does not fit; StandCloud is expected to do the same. HardPy's own functions keep to the model, so`;

interface SchemaRuleText {
  readonly brief: string;
  readonly explanation: string;
  readonly fix: string;
  readonly failing: Example;
  readonly passing: Example;
}

const TEXTS: Readonly<Record<SchemaProblem["kind"], SchemaRuleText>> = {
  "missing": {
    brief: "A key that every run document has is missing",
    explanation:
      `${MODEL} the file was changed or cut after HardPy wrote it, or the run did not come to its end.`,
    fix: "upload the file as HardPy wrote it",
    failing: { at: "/process", json: '{"name": null}' },
    passing: { at: "/process", json: '{"name": null}' },
  },
  "unknown-key": {
    brief: "A key that no run document of this HardPy version has",
    explanation:
      `${MODEL} the key was added by other code, or by a HardPy that is newer than this program. Such a run
is uploaded nevertheless: StandCloud decides.`,
    fix: "put values of your own into an artifact or an info",
    failing: { at: "/process", json: '{"name": "End of line", "shift": 2}' },
    passing: { at: "/process", json: '{"name": "End of line", "number": 2}' },
  },
  "wrong-type": {
    brief: "A value has another type than the run document wants",
    explanation:
      `${MODEL} the value was written by other code, or the file was changed after HardPy wrote it.`,
    fix: "set the value with HardPy's function for it",
    failing: { at: "/dut/revision", json: "3" },
    passing: { at: "/dut/revision", json: '"3"' },
  },
  "wrong-value": {
    brief: "A value is none of those that the run document knows",
    explanation:
      `${MODEL} the value was written by other code, or the file was changed after HardPy wrote it.`,
    fix: "set the value with HardPy's function for it",
    failing: { at: "/modules/test_supply/group", json: '"MAIN"' },
    passing: { at: "/modules/test_supply/group", json: '"main"' },
  },
};
