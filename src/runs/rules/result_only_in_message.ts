import type { Rule } from "./rule.ts";
import type { CaseView } from "./parts.ts";
import { fieldsOf, quoted } from "../values.ts";

export const resultOnlyInMessage: Rule = {
  word: "result-only-in-message",
  brief: "A result stands in a message only",
  severities: ["info"],
  profile: "early",
  explanation:
    `A message is for people to read. A value that is in no artifact can be neither compared nor
exported. (Runs of HardPy 0.15 and later have measurements for this.)`,
  fix: "hardpy.set_case_artifact",
  failing: {
    at: "/modules/test_supply/cases/test_rail/msg",
    json: '{"rail": "3.31 V"}',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail/msg",
    json: '{"rail": "settled after 3 tries"}',
  },
  *check({ cases }) {
    for (const one of cases) {
      const key = keyOfResult(one);
      if (key === undefined) continue;
      yield {
        severity: "info",
        path: one.path("msg", key),
        message: `Case ${quoted(one.name)} has a result in its message only`,
      };
    }
  },
};

/** A number with its unit; a bare one may count anything. */
const RESULT =
  /\d\s*(?:%|[µumkMG]?(?:V|A|W|Ohm|Ω|Hz|s|F|H|bar|Pa)(?![\p{L}\d])|°?C(?![\p{L}\d])|(?:rpm|dB)(?![\p{L}\d]))/u;

function keyOfResult({ fields }: CaseView): string | undefined {
  if (Object.keys(fieldsOf(fields["artifact"])).length > 0) return undefined;
  return Object.entries(fieldsOf(fields["msg"]))
    .find(([, text]) => typeof text === "string" && RESULT.test(text))?.[0];
}
