import { type MarkedKey, pathOf } from "./census.ts";
import { Once } from "./once.ts";
import type { Rule } from "./rule.ts";
import type { RunView } from "./run_view.ts";
import { quoted } from "../values.ts";

export const infoInArtifact: Rule = {
  word: "info-in-artifact",
  brief: "An artifact holds what describes the DUT or the stand",
  severities: ["warning", "info"],
  profile: "both",
  explanation:
    `Revisions, firmware versions and instruments belong to the DUT and to the stand, where StandCloud
can filter by them; an artifact can only be looked at. HardPy 0.15 and later has fields of their own
for revisions, sub units and instruments. A warning for runs of HardPy 0.10 to 0.14.`,
  fix: "hardpy.set_dut_info",
  failing: { at: "/artifact", json: '{"fw_version": "1.8.2"}' },
  passing: { at: "/artifact", json: '{"label_text": "CSB-204 C"}' },
  *check(run) {
    const told = new Once();
    for (const marked of run.census.marked) {
      const { node, key } = marked;
      // An artifact may repeat the key in each of its elements.
      if (!isFact(marked) || !told.isNew(node.dictionary, key)) continue;
      yield {
        severity: run.isEarly ? "warning" : "info",
        path: pathOf(node, key),
        message: `The artifact ${quoted(key)} describes the ${
          marked.mark === "dut fact" ? "DUT" : "test stand"
        }, not the run`,
        fix: homeOf(marked, run),
      };
    }
  },
};

function isFact({ mark, node: { area } }: MarkedKey): boolean {
  return (mark === "dut fact" || mark === "stand fact") &&
    (area === "artifact" || area === "caseArtifact");
}

function homeOf({ mark, key }: MarkedKey, run: RunView): string {
  if (mark === "dut fact") return "hardpy.set_dut_info";
  if (!/driver|instrument|psu|dmm|scope|com.?port/i.test(key)) {
    return "hardpy.set_stand_info";
  }
  return run.isEarly ? "hardpy.set_driver_info" : "hardpy.set_instrument";
}
