import { duplicateKeys } from "../json/duplicate_keys.ts";
import type { Rule } from "./rule.ts";
import { quoted } from "../values.ts";

export const duplicateKey: Rule = {
  word: "duplicate-key",
  brief: "A key stands twice in one object",
  severities: ["warning"],
  profile: "both",
  isForEveryDocument: true,
  explanation:
    `Programs that read JSON keep one of the two values, mostly the last, and drop the other without a
word. HardPy never writes such a document: it was changed afterwards, or joined from two.`,
  fix: "remove one of the two",
  failing: { at: "/dut/info", json: '{"lot": 17, "lot": 18}' },
  passing: { at: "/dut/info", json: '{"lot": 17, "next_lot": 18}' },
  *check({ run, hasUniqueKeys }) {
    if (hasUniqueKeys) return;
    const { found, more } = duplicateKeys(run.text, run.slice);
    for (const { path, offset } of found) {
      const message = `The key ${quoted(lastKey(path))} stands twice`;
      yield { severity: "warning", path, message, offset };
    }
    if (more > 0) yield { severity: "warning", more };
  },
};

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1)
    .replaceAll("~1", "/").replaceAll("~0", "~");
}
