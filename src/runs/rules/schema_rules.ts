import type { SchemaProblem } from "../schema/problem.ts";
import type { Found, Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";

/** The rule that speaks about a problem of the schema. */
export type SchemaRule =
  | SchemaProblem["kind"]
  | "info-value-type"
  | "inconsistent-status";

const INFO_VALUE =
  /^\/(?:(?:dut|test_stand|process)|dut\/sub_units\/\d+|test_stand\/instruments\/\d+)\/info\/[^/]*$/;
const STATUS = /^(?:\/modules\/[^/]*(?:\/cases\/[^/]*)?)?\/status$/;

/** Beyond it the keys are nobody's names; reading all of them could take for ever. */
const LONGEST_PATH = 2000;

/** Some have a rule of their own, which can say more. */
function ruleOf({ path, kind }: SchemaProblem): SchemaRule {
  if (path.length > LONGEST_PATH) return kind;
  if (kind === "wrong-type" && INFO_VALUE.test(path)) return "info-value-type";
  return kind === "wrong-value" && STATUS.test(path)
    ? "inconsistent-status"
    : kind;
}

const CASE = /^\/modules\/[^/]*\/cases\/[^/]*/;

/** The rule for broken ids says why. */
function isInBrokenCase({ path }: SchemaProblem, run: RunView): boolean {
  if (path.length > LONGEST_PATH || run.brokenIds.size === 0) return false;
  const [testCase] = CASE.exec(path) ?? [];
  return testCase !== undefined && run.brokenIds.has(testCase);
}

/** What the schema has to say for one rule. */
export function* schemaFindings(
  run: RunView,
  rule: SchemaRule,
): Generator<Found> {
  for (const problem of run.schemaProblems) {
    if (ruleOf(problem) !== rule || isInBrokenCase(problem, run)) continue;
    const { path, message } = problem;
    yield { severity: "error", path, message };
  }
}

const MODEL =
  `HardPy checks a run against the model of its version before it loads it anywhere, and refuses one
that does not fit; StandCloud is expected to do the same. HardPy's own functions keep to the model, so`;

type SchemaRuleText = Pick<
  Rule,
  "word" | "brief" | "explanation" | "fix" | "failing" | "passing"
>;

function schemaRule(kind: SchemaProblem["kind"], text: SchemaRuleText): Rule {
  return {
    ...text,
    severities: ["error"],
    profile: "both",
    isForEveryDocument: true,
    explanation: `${MODEL} ${text.explanation}`,
    check: (run) => schemaFindings(run, kind),
  };
}

const CHANGED =
  "the value was written by other code, or the file was changed after HardPy wrote it.";
const WITH_HARDPY = "set the value with HardPy's function for it";

export const schemaRules: readonly Rule[] = [
  schemaRule("missing", {
    word: "missing-key",
    brief: "A key that every run document has is missing",
    explanation:
      "the file was changed or cut after HardPy wrote it, or the run did not come to its end.",
    fix: "upload the file as HardPy wrote it",
    failing: {
      at: "/modules/test_supply/cases/test_rail",
      json:
        '{"status": "skipped", "start_time": null, "name": "Rail", "group": "main"}',
    },
    passing: {
      at: "/modules/test_supply/cases/test_rail",
      json:
        '{"status": "skipped", "start_time": null, "stop_time": null, "name": "Rail", "group": "main"}',
    },
  }),
  schemaRule("unknown-key", {
    word: "unknown-key",
    brief: "A key that no run document of this HardPy version has",
    explanation:
      `the key was added by other code, or by a HardPy that is newer than this program. Such a run is
uploaded nevertheless: StandCloud decides.`,
    fix: "put values of your own into an artifact or an info",
    failing: { at: "/process", json: '{"name": "End of line", "shift": 2}' },
    passing: { at: "/process", json: '{"name": "End of line", "number": 2}' },
  }),
  schemaRule("wrong-type", {
    word: "wrong-type",
    brief: "A value has another type than the run document wants",
    explanation: CHANGED,
    fix: WITH_HARDPY,
    failing: { at: "/dut/revision", json: "3" },
    passing: { at: "/dut/revision", json: '"3"' },
  }),
  schemaRule("wrong-value", {
    word: "wrong-value",
    brief: "A value is none of those that the run document knows",
    explanation: CHANGED,
    fix: WITH_HARDPY,
    failing: { at: "/modules/test_supply/group", json: '"MAIN"' },
    passing: { at: "/modules/test_supply/group", json: '"main"' },
  }),
];
