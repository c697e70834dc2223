import { AppError } from "../system/app_error.ts";
import { blocksUpload, findRule } from "./rule_text.ts";

/**
 * The rules that a person wants to hear nothing of.
 *
 * @throws `usage` for a word that is no rule, and for a rule that keeps a run from StandCloud.
 */
export function ignoredRules(
  words: readonly string[] = [],
): ReadonlySet<string> {
  for (const word of words) {
    if (!blocksUpload(findRule(word))) continue;
    throw new AppError(
      "usage",
      `The rule ${word} cannot be ignored: StandCloud refuses such a run`,
      { hints: [`standcloud validate --explain ${word}`] },
    );
  }
  return new Set(words);
}
