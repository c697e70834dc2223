import type { Rule } from "./rule.ts";
import { quoted } from "../values.ts";

const AS_COLLECTED =
  '{"status": "ready", "start_time": null, "stop_time": null, ' +
  '"name": "Rail", "group": "main", "attempt": 0}';
const PASSED_CASE = '{"status": "passed", "start_time": 1771490002, ' +
  '"stop_time": 1771490040, "attempt": 1}';

export const brokenTestId: Rule = {
  word: "broken-test-id",
  brief: 'The parameter of a test holds ".", "::" or a space',
  severities: ["error"],
  profile: "both",
  isForEveryDocument: true,
  explanation:
    `HardPy's storage takes "." in the parameter of a test for a step into an object, and cuts the id at
"::" and at a space. The result of the case then stands beside it, in pieces. HardPy refuses such a document: no
loader and no automatic upload gets a report of the run.`,
  fix: 'give the parameter an id of its own: pytest.param(1.5, id="1V5")',
  failing: {
    at: "/modules/test_supply/cases",
    json:
      `{"test_rail[1.5]": ${AS_COLLECTED}, "test_rail[1": {"5]": ${PASSED_CASE}}}`,
  },
  passing: {
    at: "/modules/test_supply/cases",
    json: `{"test_rail[1V5]": ${AS_COLLECTED}}`,
  },
  *check({ brokenIds }) {
    const told = new Set<string>();
    for (const [path, ids] of brokenIds) {
      for (const id of ids) {
        if (told.has(id)) continue;
        told.add(id);
        const says = `holds ${markIn(id)}, which breaks HardPy's storage`;
        yield { severity: "error", path, message: `${subject(id)} ${says}` };
      }
    }
  },
};

/** Of an id that was cut, only what stood before or behind the mark is left. */
function markIn(id: string): string {
  const isCutInside = id.includes("[") && !id.endsWith("]");
  if (isCutInside && !id.includes(".")) return '".", "::" or a space';
  return id.includes("::") || !id.includes("[") ? '"::"' : '"."';
}

function subject(id: string): string {
  const bracket = id.indexOf("[");
  if (bracket === -1) return `The parameter that ends in ${quoted(id)}`;
  const parameter = id.slice(bracket + 1).replace(/\]$/, "");
  return `The parameter ${quoted(parameter)} of test ${
    quoted(id.slice(0, bracket))
  }`;
}
