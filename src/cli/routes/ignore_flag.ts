import { text } from "../flags.ts";
import { proposeRules } from "../proposals.ts";

/** Of commands that print findings. */
export const ignoreFlag = {
  ...text(
    "Drop the findings of a rule; may be repeated",
    "RULE",
    proposeRules,
  ),
  variadic: true,
} as const;
