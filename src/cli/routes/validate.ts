import type { ValidateFlags } from "../commands/validate.ts";
import { commonFlags, oneOf, text, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { ignoreFlag } from "./ignore_flag.ts";
import { proposeFiles, proposeRules } from "../proposals.ts";
import { buildCommand } from "../command.ts";

/** `standcloud validate PATH…`. */
export const validateCommand = buildCommand<
  ValidateFlags,
  string[]
>({
  loader: async () => {
    const { validate } = await import("../commands/validate.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => validate(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      parameter: {
        brief: "Run files, folders, - for stdin, URLs of CouchDB",
        placeholder: "PATH",
        parse: String,
        proposeCompletions: proposeFiles,
      },
    },
    flags: {
      ignore: ignoreFlag,
      strict: toggle("Warnings count as errors"),
      format: oneOf(
        "Form of findings (default: text)",
        ["text", "github", "junit", "sarif"],
      ),
      statistics: toggle("Only count the findings by rule"),
      explain: text(
        "Explain a rule and how to follow it",
        "RULE",
        proposeRules,
      ),
      listRules: toggle("List the rules"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Check run documents before they leave the stand",
    customUsage: ["[FLAGS] PATH...", "--explain RULE", "--list-rules"],
    examples: [["validate reports", "Check all runs below a folder"], [
      "validate reports --statistics",
      "Only count the findings by rule",
    ], ["validate --explain stale-data", "Explain a rule"]],
    fullDescription: `Check run documents before they leave the stand.

StandCloud or HardPy refuses a run with an error. A warning or an info makes a
run hard to find or to judge later. Exit code 5 means that a document is
invalid. For CI, --format github marks the lines of a pull request. --format
junit prints test results in XML, and --format sarif a log for code scanning.`,
  },
});
