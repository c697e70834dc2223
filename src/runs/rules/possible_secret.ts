import { type MarkedKey, pathOf } from "./census.ts";
import type { Rule } from "./rule.ts";
import { fieldsOf, quoted } from "../values.ts";

export const possibleSecret: Rule = {
  word: "possible-secret",
  brief: "A value looks like a password or a token",
  severities: ["warning"],
  profile: "both",
  isForEveryDocument: true,
  explanation:
    `Whoever may read a run in StandCloud reads its artifacts, infos and messages too. A password, token
or key in there is known to all of them, and stays in every backup.`,
  fix: "leave it out of the run, and change it if runs with it were uploaded",
  failing: { at: "/artifact", json: '{"wifi_password": "hunter2"}' },
  passing: { at: "/artifact", json: '{"wifi_password": null}' },
  *check({ census }) {
    for (const marked of census.marked) {
      if (marked.mark !== "secret" || !hasContent(marked)) continue;
      yield {
        severity: "warning",
        path: pathOf(marked.node, marked.key),
        // Never the value itself.
        message: `The value of ${quoted(marked.key)} looks like a secret`,
      };
    }
  },
};

/** A text or a number; an object has keys of its own to judge by. */
function hasContent({ node, key }: MarkedKey): boolean {
  const value = fieldsOf(node.value)[key];
  return typeof value === "number" ||
    (typeof value === "string" && value.trim() !== "");
}
