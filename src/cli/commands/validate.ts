import {
  type Validated,
  validateRuns,
  type Validation,
} from "../../inspect/validate_runs.ts";
import type { Issue } from "../../runs/issue.ts";
import { AppError } from "../../system/app_error.ts";
import { EqualFindings } from "../equal_findings.ts";
import { findingLines } from "../finding_text.ts";
import type { CommonFlags } from "../flags.ts";
import { githubLines } from "../github_text.ts";
import { reportEvent } from "../report_text.ts";
import { explainedRules, findRule, ruleEvent } from "../rule_text.ts";
import { ruleLine, ruleLines } from "../rule_text.ts";
import { findRunSources } from "../../sources/find_runs.ts";
import type { CommandInput } from "../command_input.ts";
import { ignoredRules } from "../ignored_rules.ts";
import { placesOf } from "../places.ts";
import { RuleCounts } from "../rule_counts.ts";
import { validationEvent, validationLine } from "../validation_text.ts";
import { type Checked, wholeReports } from "../whole_reports.ts";

export interface ValidateFlags extends CommonFlags {
  readonly strict?: boolean;
  readonly format?: "text" | "github" | keyof typeof wholeReports;
  readonly explain?: string;
  readonly listRules?: boolean;
  readonly ignore?: readonly string[];
  readonly statistics?: boolean;
}

type Input = CommandInput<ValidateFlags>;

export async function validate(
  input: Input,
  paths: readonly string[],
): Promise<number> {
  const { system, output, flags } = input;
  if (flags.explain !== undefined || flags.listRules) return tellRules(input);
  if (paths.length === 0) {
    throw new AppError("usage", "No PATH is given", {
      hints: ["standcloud validate PATH... checks files and folders"],
    });
  }
  const { format = "text", json } = flags;
  if (json && format !== "text") {
    throw new AppError("usage", "--json and --format exclude each other");
  }
  const ignored = await ignoredRules(system, flags);
  const statistics = new RuleCounts();
  const places = placesOf(input, paths);
  const equal = new EqualFindings();
  const documents: Checked[] = [];
  const report = format === "junit" || format === "sarif"
    ? wholeReports[format]
    : undefined;
  const result = await validateRuns(system, {
    sources: await findRunSources(system, places, (text) => output.aside(text)),
    isStrict: flags.strict ?? false,
    withDigest: flags.json ?? false,
    ignored,
    onDocument(document) {
      statistics.add(document);
      if (report === undefined) return say(document, input, equal);
      const { source, file } = document;
      documents.push({ source, file, issues: shownIssues(document, flags) });
    },
    // The others are checked; in the end the command tells that not all were.
    onDiskFault: (reason) =>
      output.fault(new AppError("input_unreadable", reason)),
  });
  if (report !== undefined) {
    output.laidOut(report(documents, result));
    output.note(validationLine(result));
    return exitCodeOf(result);
  }
  tellAll(result, input, flags.statistics ? statistics : equal);
  return exitCodeOf(result);
}

function tellAll(
  result: Validation,
  { output, flags }: Input,
  counts: RuleCounts | EqualFindings,
): void {
  // A script has counts of its own from the reports.
  if (!flags.json) output.lines(counts.lines());
  const isGood = result.counts.invalid === 0;
  output.result(validationEvent(result), [validationLine(result)], isGood);
}

function say(
  document: Validated,
  { output, flags }: Input,
  equal: EqualFindings,
): void {
  const event = reportEvent({
    ...document,
    httpStatus: null,
    testRunId: null,
    attempts: 0,
    reason: null,
  });
  const shown = shownIssues(document, flags);
  const lines = flags.json || flags.statistics
    ? []
    : flags.format === "github"
    ? githubLines({ ...document, issues: shown })
    : flags.verbose
    ? findingLines({ ...document, issues: shown }, { showAll: true })
    : notRepeated({ ...document, issues: shown }, equal);
  // Quiet has left only errors to print.
  output.result(event, lines, false);
  if (document.outcome === "valid") {
    output.detail(`${document.source} is valid`);
  }
}

/** Each error has a line at least: it names a run that StandCloud would refuse. */
function notRepeated(document: Validated, equal: EqualFindings): string[] {
  const whole = new Set(equal.shown(document.issues));
  const issues = document.issues.filter((issue) =>
    whole.has(issue) || issue.severity === "error"
  );
  const isBrief = (issue: Issue) => !whole.has(issue);
  return findingLines({ ...document, issues }, { isBrief });
}

function shownIssues({ issues }: Validated, { quiet }: ValidateFlags) {
  return quiet ? issues.filter(({ severity }) => severity === "error") : issues;
}

function tellRules({ output, flags }: Input): number {
  if (flags.explain !== undefined) {
    const rule = findRule(flags.explain);
    output.result(ruleEvent(rule), ruleLines(rule), false);
    return 0;
  }
  for (const rule of explainedRules) {
    output.result(ruleEvent(rule), [ruleLine(rule)], false);
  }
  return 0;
}

/** What cannot be read is no verdict about a run. */
function exitCodeOf({ counts, unreadable }: Validation): number {
  if (counts.invalid > unreadable) return 5;
  return unreadable > 0 ? 2 : 0;
}
