import { isTwoSided, judge } from "./judge_measurement.ts";
import type { Found, Rule } from "./rule.ts";
import type { CaseView, Part } from "./run_view.ts";
import { type Fields, isEmpty, isNumber, quoted } from "./values.ts";

export const measurementResult: Rule = {
  word: "measurement-result",
  brief: "A measurement cannot be judged, or was judged and forgotten",
  severities: ["warning", "info"],
  profile: "current",
  explanation:
    `StandCloud shows a measurement against its limits. HardPy computes the result, but it fails no case:
that takes an assert. So a case passes although its measurement is out of limits when the test plan
forgets it. Without limits, a name or a unit nobody can judge the value later.`,
  fix: "hardpy.NumericMeasurement",
  failing: {
    at: "/modules/test_supply/cases/test_rail/measurements",
    json: '[{"name": "Rail", "value": 3.6, "unit": "V", "operation": "lt", ' +
      '"comparison_value": 3.4, "result": false, "type": "numeric"}]',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail/measurements",
    json: '[{"name": "Rail", "value": 3.3, "unit": "V", "operation": "lt", ' +
      '"comparison_value": 3.4, "result": true, "type": "numeric"}]',
  },
  *check({ cases }) {
    for (const one of cases) {
      for (const measurement of one.measurements) {
        for (const problem of problemsOf(measurement.fields, one.status)) {
          yield found(problem, { one, measurement });
        }
      }
    }
  },
};

interface Problem {
  readonly severity: Found["severity"];
  readonly key: string;
  /** Follows the name of the measurement. */
  readonly says: string;
  readonly fix: string;
}

const CONSTRUCTOR = "hardpy.NumericMeasurement";

function problemsOf(fields: Fields, status: unknown): Problem[] {
  const { name, unit, value, operation } = fields;
  const problems: Problem[] = [];
  const add = (
    severity: Problem["severity"],
    problem: Omit<Problem, "severity">,
  ) => problems.push({ severity, ...problem });
  const result = resultProblem(fields, status);
  if (result !== undefined) add("warning", result);
  const limits = isEmpty(operation) ? undefined : missingLimit(fields);
  if (limits !== undefined) add("warning", limits);
  const { lower_limit: lower, upper_limit: upper } = fields;
  if (isNumber(lower) && isNumber(upper) && lower > upper) {
    const says = `has a lower limit of ${lower} above its upper one, ${upper}`;
    add("warning", { key: "lower_limit", says, fix: CONSTRUCTOR });
  }
  if (isEmpty(name)) {
    const fix = "give the measurement a name (name=…)";
    add("info", { key: "name", says: "has no name", fix });
  }
  if (isNumber(value) && isEmpty(unit)) {
    const fix = 'give the measurement its unit (unit="V")';
    add("info", { key: "unit", says: "has no unit", fix });
  }
  return problems;
}

function resultProblem(
  fields: Fields,
  status: unknown,
): Omit<Problem, "severity"> | undefined {
  const { result, operation } = fields;
  const key = "result";
  if (isEmpty(operation)) return undefined;
  const judged = judge(fields);
  if (isEmpty(result)) {
    return { key, says: "was not judged", fix: CONSTRUCTOR };
  }
  if (judged !== undefined && judged !== result) {
    const says = `has the result ${result}, but by its limits it is ${judged}`;
    return { key, says, fix: "let HardPy compute the result" };
  }
  return result === false && status === "passed"
    ? {
      key,
      says: "is out of its limits, but the case has passed",
      fix: "fail the case in the test plan: assert measurement.result",
    }
    : undefined;
}

function missingLimit(
  { operation, ...fields }: Fields,
): Omit<Problem, "severity"> | undefined {
  const keys = isTwoSided(operation)
    ? ["lower_limit", "upper_limit"]
    : ["comparison_value"];
  const key = keys.find((key) =>
    fields[key] === undefined || fields[key] === null
  );
  if (key === undefined) return undefined;
  return {
    key,
    says: `is compared by ${quoted(operation)}, but has no ${
      key.replace("_", " ")
    }`,
    fix: CONSTRUCTOR,
  };
}

function found(
  { severity, key, says, fix }: Problem,
  { one, measurement }: { one: CaseView; measurement: Part },
): Found {
  const { name } = measurement.fields;
  const subject = isEmpty(name)
    ? "A measurement"
    : `Measurement ${quoted(name)}`;
  return {
    severity,
    path: measurement.path(key),
    message: `${subject} of case ${quoted(one.name)} ${says}`,
    fix,
  };
}
