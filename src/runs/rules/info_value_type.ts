import type { Rule } from "./rule.ts";
import type { Part } from "./parts.ts";
import type { RunView } from "./run_view.ts";
import { schemaFindings } from "./schema_rules.ts";
import { fieldsOf, quoted } from "../values.ts";

export const infoValueType: Rule = {
  word: "info-value-type",
  brief: "A value of an info is no text and no number",
  severities: ["error", "info"],
  profile: "current",
  isForEveryDocument: true,
  explanation:
    `HardPy 0.15 and later takes texts, numbers and (since 0.16) null in an info, so that StandCloud can
filter by them. It refuses lists and objects, and sends true and false as 1 and 0.`,
  fix: "give one text or number per key",
  failing: { at: "/dut/info", json: '{"coated": true}' },
  passing: { at: "/dut/info", json: '{"coated": "yes"}' },
  *check(run) {
    yield* schemaFindings(run, "info-value-type");
    for (const part of owners(run)) {
      for (
        const [key, value] of Object.entries(fieldsOf(part.fields["info"]))
      ) {
        if (typeof value !== "boolean") continue;
        const sent = value ? 1 : 0;
        yield {
          severity: "info",
          path: part.path("info", key),
          message: `The info ${quoted(key)} is ${value}, sent as ${sent}`,
          fix: 'write a text such as "yes" where 1 and 0 say too little',
        };
      }
    }
  },
};

function owners({ dut, testStand, process }: RunView): Part[] {
  return [
    dut,
    testStand,
    process,
    ...dut.list("sub_units"),
    ...testStand.list("instruments"),
  ];
}
