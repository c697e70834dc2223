import { isTwoSided, judge } from "./judge_measurement.ts";
import type { Found, Rule } from "./rule.ts";
import type { CaseView, Part } from "./parts.ts";
import { type Fields, isEmpty, isNumber, quoted } from "../values.ts";

export const measurementResult: Rule = {
  word: "measurement-result",
  brief: "A measurement cannot be judged, or was judged and forgotten",
  severities: ["warning", "info"],
  profile: "current",
  explanation:
    `StandCloud shows a measurement against its limits. HardPy computes the result, but it fails no case:
that takes an assert. So a case passes although its measurement is out of limits when the test plan
forgets it. Without limits, a name or a unit nobody can judge the value later.`,
  fix: "assert measurement.result in the test plan",
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
        for (
          const problem of measurementProblems(measurement.fields, one.status)
        ) {
          yield found(problem, { one, measurement });
        }
      }
    }
  },
};

interface MeasurementProblem {
  readonly severity: Found["severity"];
  readonly key: string;
  /** Follows the name of the measurement. */
  readonly says: string;
  readonly fix: string;
}

const NO_PROBLEMS: readonly MeasurementProblem[] = [];

function measurementProblems(
  fields: Fields,
  status: unknown,
): readonly MeasurementProblem[] {
  const { name, unit, value, operation } = fields;
  const result = isEmpty(operation) ? undefined : resultProblem(fields, status);
  const limits = limitProblem(fields);
  const isNameless = isEmpty(name);
  const isUnitless = isNumber(value) && isEmpty(unit);
  if (!result && !limits && !isNameless && !isUnitless) return NO_PROBLEMS;
  return [
    ...(result ? [result] : []),
    ...(limits ? [limits] : []),
    ...(isNameless ? [lacking("name")] : []),
    ...(isUnitless ? [lacking("unit")] : []),
  ];
}

function lacking(key: "name" | "unit"): MeasurementProblem {
  const fix = `hardpy.NumericMeasurement(${key}="…")`;
  return { severity: "info", key, says: `has no ${key}`, fix };
}

function resultProblem(
  fields: Fields,
  status: unknown,
): MeasurementProblem | undefined {
  const { result } = fields;
  const [severity, key] = ["warning", "result"] as const;
  if (isEmpty(result)) {
    const fix = "let HardPy compute the result";
    return { severity, key, says: "was not judged", fix };
  }
  const judged = judge(fields);
  if (judged !== undefined && judged !== result) {
    const says = `has the result ${result}, but by its limits it is ${judged}`;
    return { severity, key, says, fix: "let HardPy compute the result" };
  }
  if (result !== false || status !== "passed") return undefined;
  const says = "is out of its limits, but the case has passed";
  const fix = "assert measurement.result in the test plan";
  return { severity, key, says, fix };
}

function limitProblem(fields: Fields): MeasurementProblem | undefined {
  const { operation, lower_limit: lower, upper_limit: upper } = fields;
  const severity = "warning";
  if (isNumber(lower) && isNumber(upper) && lower > upper) {
    const says = `has a lower limit of ${lower} above its upper one, ${upper}`;
    const fix = "exchange lower_limit and upper_limit in the test plan";
    return { severity, key: "lower_limit", says, fix };
  }
  if (isEmpty(operation)) return undefined;
  const key = isTwoSided(operation)
    ? isEmpty(lower) ? "lower_limit" : isEmpty(upper) ? "upper_limit" : ""
    : isMissing(fields["comparison_value"])
    ? "comparison_value"
    : "";
  if (key === "") return undefined;
  const says = `is compared by ${quoted(operation)}, but has no ${
    key.replace("_", " ")
  }`;
  const fix = `hardpy.NumericMeasurement(${key}=…)`;
  return { severity, key, says, fix };
}

/** A text may be compared with an empty one. */
function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function found(
  { severity, key, says, fix }: MeasurementProblem,
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
