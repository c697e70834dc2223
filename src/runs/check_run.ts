import { type Issue, located } from "./issue.ts";
import { checkMandatoryFields } from "./mandatory_fields.ts";
import type { Run } from "./run.ts";

/** Everything the rules have to say about a run, in the order of its text. */
export function checkRun(run: Run): Issue[] {
  return located(run, checkMandatoryFields(run.value));
}
