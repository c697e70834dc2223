import type { Issue } from "../runs/issue.ts";
import type { Validated } from "../inspect/validate_runs.ts";
import { type Html, html as xml, nothing } from "../page/markup.ts";
import { fixText } from "./fix_text.ts";
import { plainText } from "./plain_text.ts";

type Checked = Pick<Validated, "source" | "file" | "issues">;

/**
 * The findings in the XML of JUnit, which CI systems show as test results: a
 * test case for each document. The markup of HTML pages escapes enough for XML.
 */
export function junitXml(
  documents: readonly Checked[],
  { seconds }: { readonly seconds: number },
): string {
  const failures = documents.filter(({ issues }) => issues.some(isError));
  const suite = xml`
    <testsuites>
      <testsuite
        name="standcloud validate"
        tests="${documents.length}"
        failures="${failures.length}"
        errors="0"
        skipped="0"
        time="${seconds.toFixed(3)}"
      >${documents.map(testCase)}</testsuite>
    </testsuites>
  `;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suite.text}\n`;
}

function testCase({ source, file, issues }: Checked): Html {
  const errors = issues.filter(isError);
  const others = issues.filter((issue) => !isError(issue));
  return xml`
    <testcase
      classname="standcloud.validate"
      name="${plainText(source)}"
    >${failure(errors, file)}${others.length === 0 ? nothing : xml`
      <system-out>${lines(others, file)}</system-out>
    `}</testcase>
  `;
}

/** One for all errors: Jenkins and GitLab read the first failure of a test case only. */
function failure(errors: readonly Issue[], file: string): Html {
  const [first, ...more] = errors;
  if (first === undefined) return nothing;
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  return xml`
    <failure
      type="${first.rule}"
      message="${plainText(first.message)}${rest}"
    >${lines(errors, file)}</failure>
  `;
}

function lines(issues: readonly Issue[], file: string): string {
  return issues.map(({ severity, rule, message, fix, line, column }) =>
    [
      plainText(`${file}:${line}:${column}: ${severity}: ${message} [${rule}]`),
      `  fix: ${plainText(fixText(fix))}`,
    ].join("\n")
  ).join("\n");
}

function isError({ severity }: Issue): boolean {
  return severity === "error";
}
