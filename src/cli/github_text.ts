import type { Validated } from "../inspect/validate_runs.ts";
import type { Issue, Severity } from "../runs/issue.ts";
import { fixText } from "./fix_text.ts";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/**
 * The findings of a document as workflow commands, which GitHub Actions shows
 * at the lines of a pull request: docs.github.com, "Workflow commands".
 */
export function githubLines(
  { file, issues }: Pick<Validated, "file" | "issues">,
): string[] {
  return issues.map((issue) => annotation(file, issue));
}

function annotation(file: string, issue: Issue): string {
  const { severity, rule, message, fix, line, column } = issue;
  const properties = [
    // Stdin has no place in the repository.
    ...(file === "-" ? [] : [`file=${property(file)}`]),
    `line=${line}`,
    `col=${column}`,
    `title=${property(rule)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(",")}::${
    data(`${message}\nfix: ${fixText(fix)}`)
  }`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
