import { createHash } from "node:crypto";
import type { Validated } from "../inspect/validate_runs.ts";
import type { Severity } from "../runs/issue.ts";
import { version } from "../system/build.ts";
import { cleanJson } from "./clean.ts";
import { fixText } from "./fix_text.ts";
import { plainText } from "./plain_text.ts";
import { explainedRules } from "./rule_text.ts";

type Checked = Pick<Validated, "source" | "file" | "issues">;

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** The findings in SARIF 2.1.0, which code scanning shows with a text of help for each rule. */
export function sarifLog(documents: readonly Checked[]): string {
  const log = {
    "$schema":
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{
      tool: { driver: { name: "standcloud", version, rules: RULES } },
      columnKind: "utf16CodeUnits",
      results: documents.flatMap(resultsOf),
    }],
  };
  return `${cleanJson(JSON.stringify(log, null, 2))}\n`;
}

const RULES = explainedRules.map((rule) => ({
  id: rule.word,
  shortDescription: { text: `${rule.brief}.` },
  fullDescription: { text: rule.explanation.replace(/\s+/g, " ") },
  help: {
    text: `${rule.explanation.replace(/\s+/g, " ")}\n\nFix: ${
      fixText(rule.fix)
    }`,
  },
  defaultConfiguration: { level: LEVELS[rule.severities[0] ?? "warning"] },
}));

function resultsOf(document: Checked) {
  const counts = new Map<string, number>();
  return document.issues.map((issue) => {
    const { rule, severity, message, fix, line, column } = issue;
    const place = JSON.stringify([document.source, rule, issue.path]);
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return {
      ruleId: rule,
      level: LEVELS[severity],
      message: {
        text: `${plainText(message)}\nFix: ${plainText(fixText(fix))}`,
      },
      locations: [{
        physicalLocation: {
          artifactLocation: artifactOf(document.file),
          region: { startLine: line, startColumn: column },
        },
      }],
      partialFingerprints: { "findingPlace/v1": digest(`${place}:${count}`) },
    };
  });
}

/** A finding stays the same one when lines are added before it. */
function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function artifactOf(file: string) {
  return file === "-"
    ? { description: { text: "standard input" } }
    : { uri: uriOf(file) };
}

/** A relative path stays relative: the reader looks for it in the repository. */
function uriOf(file: string): string {
  if (/^https?:\/\//.test(file)) return encodeURI(plainText(file));
  const path = file.toWellFormed().replaceAll("\\", "/").split("/")
    .map(encodeURIComponent).join("/");
  if (path.startsWith("/")) return `file://${path}`;
  // The drive of Windows.
  return path.replace(/^([a-z])%3A\//i, "file:///$1:/");
}
