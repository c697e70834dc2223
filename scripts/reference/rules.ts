import { explainedRules, ruleEvent } from "../../src/cli/rule_text.ts";
import type { Rows } from "./table.ts";

/** Every rule of `validate`; `--explain` says more. */
export function ruleRows(): Rows {
  return [
    ["rule", "severity", "meaning", "holds back an upload"],
    ...explainedRules.map((rule) => [
      `\`${rule.word}\``,
      rule.severities.join(", "),
      rule.brief,
      ruleEvent(rule)["blocks_upload"] ? "yes" : "",
    ]),
  ];
}
