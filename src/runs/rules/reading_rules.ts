import type { RuleText } from "./rule.ts";

/** What is said about a file that holds no run; nothing of it is ever sent. */
export const readingRules: readonly RuleText[] = [
  {
    word: "unreadable",
    brief: "The file cannot be read",
    severities: ["error"],
    explanation:
      `The operating system gives no access to the file, or it is larger than any run document.`,
    fix: "check the path and the permissions of the file",
  },
  {
    word: "not-json",
    brief: "The file is not JSON",
    severities: ["error"],
    explanation:
      `The text breaks off, was changed by hand, or is something else. A document that was being written
when the computer lost power ends in the middle.`,
    fix:
      "give the files that HardPy saved: JsonLoader's reports, or storage/runstore/*.json",
  },
  {
    word: "not-a-run-document",
    brief: "The file is JSON, but no run document",
    severities: ["error"],
    explanation:
      `HardPy's storage folder holds other documents beside the runs: the statestore is what the operator
panel shows of a running test. Only a run has modules, a DUT and a test stand.`,
    fix:
      "give the files that HardPy saved: JsonLoader's reports, or storage/runstore/*.json",
  },
];
