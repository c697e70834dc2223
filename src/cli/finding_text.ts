import type { Issue } from "../runs/issue.ts";
import type { Validated } from "../inspect/validate_runs.ts";
import { excerpt } from "./excerpt.ts";
import { fixText } from "./fix_text.ts";
import { Lines } from "../runs/json/lines.ts";

/** More of one rule in one document are counted only. */
const MOST_OF_A_RULE = 5;

/** The findings of a document as a compiler prints them: where, what, the line, what to do. */
export function findingLines(
  { file, lines: source = new Lines(""), issues }: Pick<
    Validated,
    "file" | "lines" | "issues"
  >,
  { showAll = false, isBrief = () => false }: {
    showAll?: boolean;
    /** Only its first line is shown. */
    isBrief?(issue: Issue): boolean;
  } = {},
): string[] {
  const folded = new Map<string, number>();
  const counts = new Map<string, number>();
  const lines: string[] = [];
  for (const issue of issues) {
    const count = (counts.get(issue.rule) ?? 0) + (issue.more ?? 1);
    counts.set(issue.rule, count);
    if (count > MOST_OF_A_RULE && !showAll) {
      folded.set(issue.rule, count - MOST_OF_A_RULE);
    } else {
      lines.push(...linesOf(issue, file));
      if (isBrief(issue)) continue;
      lines.push(...excerpt(source, issue), `  fix: ${fixText(issue.fix)}`);
    }
  }
  for (const [rule, count] of folded) {
    lines.push(`${file}: … and ${count} more [${rule}] (--verbose)`);
  }
  return lines;
}

function linesOf(
  { severity, rule, message, line, column }: Issue,
  file: string,
) {
  return [`${file}:${line}:${column}: ${severity}: ${message} [${rule}]`];
}
